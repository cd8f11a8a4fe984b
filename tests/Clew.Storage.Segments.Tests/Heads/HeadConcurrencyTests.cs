using Clew.Model;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadConcurrencyTests
{
    private const int Batches = 400;
    private const int SpansABatch = 40;

    // While one thread appends, others read whatever is published: all of it must be there, whole batches only, and a snapshot must say the same at the end.
    [Fact]
    public async Task Readers_see_whole_batches_while_a_writer_goes_on()
    {
        var head = new HeadTable();
        using var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(reader => Task.Run(() => ReadAll(head, new Random(reader), done.Token)))];
        SpanTable? first = null;
        for (int batch = 0; batch < Batches; batch++)
        {
            HeadTables.Append(head, Batch(batch));
            first ??= head.Snapshot();
        }
        done.Cancel();
        await Task.WhenAll(readers);
        Assert.Equal(Batch(0), HeadTables.Read(first!));
        Assert.Equal(Enumerable.Range(0, Batches).SelectMany(Batch), HeadTables.Read(head.Snapshot()));
    }

    private static void ReadAll(HeadTable head, Random random, CancellationToken done)
    {
        int rowsBefore = 0;
        do
        {
            SpanTable table = head.Snapshot();
            Assert.InRange(table.RowCount, rowsBefore, Batches * SpansABatch);
            Assert.Equal(0, table.RowCount % SpansABatch);
            rowsBefore = table.RowCount;
            if (rowsBefore == 0)
                continue;
            var assembler = new SpanAssembler(table);
            for (int i = 0; i < 50; i++)
            {
                int row = random.Next(table.RowCount);
                Assert.Equal(SpanAt(row), assembler.Read(row));
                int trace = table.Traces.TraceOf(row);
                Assert.Equal(trace, table.Traces.Find(SpanAt(row).TraceId));
                var rows = new List<int>();
                table.Traces.AddRows(trace, rows);
                Assert.Contains(row, rows);
                Assert.Equal(rows.Count, table.Traces.SpanCount(trace));
                Assert.All(rows, other => Assert.InRange(other, 0, table.RowCount - 1));
                Assert.NotEmpty(table.Attributes.ColumnsOf("always"));
            }
            // Of four batches on, so none of its trace is there yet, though it may be written meanwhile.
            Assert.Equal(-1, table.Traces.Find(SpanAt(table.RowCount + 4 * SpansABatch).TraceId));
            Assert.All(table.Attributes.Keys, (key, number) => Assert.Contains(number, table.Attributes.ColumnsOf(key.Name)));
        }
        while (!done.IsCancellationRequested);
    }

    private static List<Span> Batch(int batch) => [.. Enumerable.Range(batch * SpansABatch, SpansABatch).Select(SpanAt)];

    // A trace goes on for four batches; keys, values and names keep coming, so that every buffer grows while it is read.
    private static Span SpanAt(int row)
    {
        int batch = row / SpansABatch;
        KeyValue[] attributes =
        [
            new("always", AttributeValue.From($"value {row % 700}")),
            new($"key {batch / 2 % 90}", AttributeValue.From((long)row)),
            .. row % 3 == 0 ? new[] { new KeyValue("always", AttributeValue.From(row % 2 == 0)) } : [],
        ];
        return new Span
        {
            TraceId = new TraceId((ulong)batch / 4 + 1, (ulong)row % 5),
            SpanId = new SpanId((ulong)row + 1),
            ParentSpanId = new SpanId((ulong)row % 4),
            Name = $"name {row % 1000}",
            StartNs = 1_000_000 + row,
            StatusMessage = row > 3000 && row % 50 == 0 ? "failed" : "",
            Flags = row > 5000 ? 257u : 1,
            Resource = new Resource(new AttributeList(new KeyValue("service.name", AttributeValue.From($"service {batch % 7}")))),
            Attributes = new AttributeList(attributes),
            Events = row % 10 == 0 ? new EquatableList<SpanEvent>(new SpanEvent(2_000_000 + row, "event") { Attributes = new AttributeList(attributes) }) : EquatableList<SpanEvent>.None,
            Links = row % 16 == 0 ? new EquatableList<SpanLink>(new SpanLink(new TraceId(1, (ulong)row), new SpanId(7))) : EquatableList<SpanLink>.None,
        };
    }
}
