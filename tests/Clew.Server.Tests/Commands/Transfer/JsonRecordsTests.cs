using System.IO.Pipelines;
using System.Text;
using Clew.Server.Commands.Transfer;

namespace Clew.Server.Tests.Commands.Transfer;

public sealed class JsonRecordsTests
{
    [Theory]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", "1:{\"a\":1}", "2:{\"b\":2}")]
    [InlineData("{\"a\":1}\r\n\n{\"b\":2}", "1:{\"a\":1}", "3:{\"b\":2}")]
    [InlineData("\n{\"a\":1}\n", "2:{\"a\":1}")]
    [InlineData("{\n\"a\":\n1}\n", "1:{\n\"a\":\n1}")]
    [InlineData("{\"a\":1}\n{\"b\":\n{\"c\":3}\n", "1:{\"a\":1}", "2:{\"b\":", "3:{\"c\":3}")]
    [InlineData("broken\n{\"a\":1}\n", "1:broken", "2:{\"a\":1}")]
    [InlineData("")]
    public async Task Lines_are_values_unless_the_first_is_only_a_beginning(string text, params string[] expected)
    {
        for (int chunk = 1; chunk <= Math.Max(1, text.Length); chunk++)
        {
            var records = new JsonRecords(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text)), new StreamPipeReaderOptions(bufferSize: chunk, minimumReadSize: 1)), recordBytesMax: 1000);
            var found = new List<string>();
            while (await records.NextAsync(CancellationToken.None) is { } record)
                found.Add($"{record.Line}:{Encoding.UTF8.GetString(record.Bytes.Span)}");
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public async Task A_line_over_the_bound_ends_the_reading()
    {
        var records = new JsonRecords(PipeReader.Create(new MemoryStream(new byte[100_000])), recordBytesMax: 1000);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await records.NextAsync(CancellationToken.None));
    }
}
