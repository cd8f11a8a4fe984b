using Clew.Model;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadMemoryTests
{
    private const int SpansAHead = 6000;

    [Fact]
    public void A_head_in_the_memory_of_another_holds_what_is_its_own()
    {
        var shelves = new ArrayShelves(64 << 20, overwrites: true);
        IReadOnlyDictionary<string, ColumnSize>? sizes = null;
        for (int number = 0; number < 4; number++)
        {
            var head = new HeadTable(new ColumnMemory(shelves, sizes));
            // Heads of different sizes, so that what one expects of the one before is wrong in both directions.
            List<Span> spans = [.. Enumerable.Range(number * SpansAHead, number % 2 == 0 ? SpansAHead : SpansAHead / 5).Select(SpanAt)];
            foreach (Span[] batch in spans.Chunk(700))
                HeadTables.Append(head, batch);
            Assert.Equal(spans, HeadTables.Read(head.Snapshot()));
            HeadAssert.IndexesTraces(head.Snapshot(), spans);
            sizes = head.Sizes();
            head.Release();
        }
    }

    [Fact]
    public void What_is_read_of_a_head_after_its_release_is_not_what_it_held()
    {
        var head = new HeadTable(new ColumnMemory(new ArrayShelves(64 << 20, overwrites: true)));
        Span[] spans = [.. Enumerable.Range(0, SpansAHead).Select(SpanAt)];
        HeadTables.Append(head, spans);
        SpanTable snapshot = head.Snapshot();
        head.Release();
        Assert.NotEqual(spans.Select(span => span.SpanId), Enumerable.Range(0, SpansAHead).Select(snapshot.SpanIdOf));
        Assert.ThrowsAny<Exception>(() => HeadTables.Read(snapshot));
    }

    [Fact]
    public void A_head_after_another_makes_hardly_any_arrays()
    {
        var shelves = new ArrayShelves(64 << 20);
        SpanBatch[] batches = [.. Enumerable.Range(0, SpansAHead).Select(SpanAt).Chunk(500).Select(chunk => SpanWriter.WriteAll(chunk, new SpanBatchBuilder()))];
        IReadOnlyDictionary<string, ColumnSize>? sizes = null;
        long bytes = 0;
        long warm = Warm.AllocatedBytes(() =>
        {
            var head = new HeadTable(new ColumnMemory(shelves, sizes));
            foreach (SpanBatch batch in batches)
                head.Append(batch, new OlderTables());
            bytes = head.Bytes;
            sizes = head.Sizes();
            head.Release();
        });
        Assert.InRange(warm, 1, bytes / 4);
    }

    [Fact]
    public void Shelves_keep_no_more_than_they_may_and_nothing_that_nobody_takes()
    {
        var shelves = new ArrayShelves(10_000);
        shelves.Put([new byte[4096], new byte[4096], new byte[4096], new ulong[256]]);
        Assert.Equal(4096 + 4096, shelves.Bytes);
        Assert.Equal(4096, shelves.Take<byte>(4096).Length);
        Assert.Equal(4096, shelves.Bytes);
        shelves.Put([new ulong[512]]);
        Assert.Equal(4096 + 4096, shelves.Bytes);
        shelves.Put([]);
        Assert.Equal(4096, shelves.Bytes);
        shelves.Put([]);
        Assert.Equal(0, shelves.Bytes);
    }

    private static Span SpanAt(int row) => new()
    {
        TraceId = new TraceId(1, (ulong)row / 7),
        SpanId = new SpanId((ulong)row + 1),
        Name = $"name {row % 300}",
        StartNs = 1000 + row,
        Attributes = new AttributeList(
            new KeyValue("id", AttributeValue.From($"value {row}")),
            new KeyValue($"key {row % 10}", AttributeValue.From((long)row)),
            new KeyValue("of few", AttributeValue.From($"value {row % 20}"))),
    };
}
