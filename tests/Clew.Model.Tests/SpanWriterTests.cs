using Clew.TestKit;

namespace Clew.Model.Tests;

public sealed class SpanWriterTests
{
    [Fact]
    public void What_is_written_to_a_batch_reads_back_the_same()
    {
        var builder = new SpanBatchBuilder();
        Properties.ForAll(SpanGen.ZipkinLikeSpan.ListUpTo(5), spans =>
        {
            SpanBatch batch = SpanWriter.WriteAll(spans, builder);
            Assert.Equal(spans, SpanReader.ReadAll(batch));
        });
    }
}
