using Clew.Model;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

/// <summary>Batches of more rows than are looked up together, with all that senders do to keys and values, against <see cref="SpanReader"/>.</summary>
public sealed class HeadBatchTests
{
    private static readonly string[] Texts = ["", "a", "GET", "/items", "/items/7", "a text of more than sixteen", "a text of more than sixteen bytes and of more than thirty-two", "ä", "naïve é"];

    [Fact]
    public void Whatever_batches_hold_reads_back_as_their_reader_has_it() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        var head = new HeadTable();
        var expected = new List<Span>();
        ulong ids = 0;
        for (int batches = random.Next(1, 4); batches > 0; batches--)
        {
            SpanBatch batch = Batch(random, random.Next(2) == 0 ? random.Next(40) : random.Next(HeadAttributes.PendingRowsMax - 2, HeadAttributes.PendingRowsMax * 2 + 3), ref ids);
            expected.AddRange(SpanReader.ReadAll(batch));
            head.Append(batch, new OlderTables());
        }
        SpanTable table = head.Snapshot();
        Assert.Equal(expected, HeadTables.Read(table));
        AssertBulkReads(table, expected, random);
    });

    [Fact]
    public void Keys_without_a_column_and_repeated_keys_keep_their_places_in_a_large_batch()
    {
        // 2,400 keys, of which 400 find no column, each on several rows; every third row repeats one.
        List<Span> spans = [.. Enumerable.Range(0, 1300).Select(row => Of((ulong)row + 1) with
        {
            Attributes = new AttributeList([.. Enumerable.Range(0, 8).Select(i => new KeyValue($"key {(row * 8 + i) % 2400}", AttributeValue.From($"value {row % 100}"))), .. row % 3 == 0 ? [new KeyValue("key 5", AttributeValue.From((long)row)), new KeyValue("key 5", AttributeValue.From("x"))] : Array.Empty<KeyValue>()]),
        })];
        SpanTable table = HeadTables.Of(spans);
        Assert.Equal(AttributeTable.ColumnsMax, table.Attributes.Keys.Count);
        Assert.Equal(spans, HeadTables.Read(table));
    }

    private static void AssertBulkReads(SpanTable table, List<Span> spans, Random random)
    {
        int start = random.Next(table.RowCount + 1), count = random.Next(table.RowCount - start + 1);
        ulong[] ids = new ulong[count], parents = new ulong[count];
        long[] startsNs = new long[count];
        table.ReadSpanIds(start, ids);
        table.ReadParents(start, parents);
        table.ReadStartsNs(start, startsNs);
        List<Span> read = spans.GetRange(start, count);
        Assert.Equal(read.Select(span => span.SpanId.Value), ids);
        Assert.Equal(read.Select(span => span.ParentSpanId.Value), parents);
        Assert.Equal(read.Select(span => span.StartNs), startsNs);
    }

    private static SpanBatch Batch(Random random, int count, ref ulong ids)
    {
        var spans = new List<Span>(count);
        for (int i = 0; i < count; i++)
        {
            spans.Add(Of(++ids) with
            {
                Name = Texts[random.Next(Texts.Length)],
                ParentSpanId = new SpanId((ulong)random.Next(3)),
                StartNs = random.Next(4),
                StatusMessage = random.Next(200) == 0 ? "failed" : "",
                TraceState = random.Next(300) == 0 ? "a=b" : "",
                Flags = random.Next(400) == 0 ? 3u : 1,
                DroppedLinksCount = (uint)random.Next(300) / 299,
                Attributes = Attributes(random, 12),
                Events = random.Next(5) == 0 ? new EquatableList<SpanEvent>(new SpanEvent(5, Texts[random.Next(Texts.Length)]) { Attributes = Attributes(random, 3) }) : EquatableList<SpanEvent>.None,
                Links = random.Next(20) == 0 ? new EquatableList<SpanLink>(new SpanLink(new TraceId(1, 2), new SpanId(3)) { Attributes = Attributes(random, 3) }) : EquatableList<SpanLink>.None,
            });
        }
        SpanBatch batch = SpanWriter.WriteAll(spans, new SpanBatchBuilder());
        CutTexts(random, batch);
        return batch;
    }

    // Some in the middle of a character, as a sender with a limit on bytes does.
    private static void CutTexts(Random random, SpanBatch batch)
    {
        for (int i = 0; i < batch.SpanAttributes.Count; i++)
        {
            ref AttributeRow row = ref batch.SpanAttributes[i];
            if (random.Next(10) == 0)
                row = row.WithKey(row.Key.Truncate(random.Next(4)));
            if (row.Type == AttributeType.String && random.Next(4) == 0)
                row = AttributeRow.String(row.Key, row.Slice.Truncate(random.Next(4)));
        }
        for (int i = 0; i < batch.Spans.Count; i++)
        {
            if (random.Next(10) == 0)
                batch.Spans[i].Name = batch.Spans[i].Name.Truncate(random.Next(4));
        }
    }

    private static AttributeList Attributes(Random random, int max) =>
        new([.. Enumerable.Range(0, random.Next(max + 1)).Select(_ => new KeyValue(Key(random), Value(random)))]);

    // Of few keys, so that they repeat on a row, and with values of several types each.
    private static string Key(Random random) => random.Next(12) switch
    {
        0 => "",
        1 => "é",
        2 => "éa",
        var number => $"key {number}",
    };

    private static AttributeValue Value(Random random) => random.Next(8) switch
    {
        0 => AttributeValue.Empty,
        1 => AttributeValue.From(random.Next(2) == 0),
        2 => AttributeValue.From((long)random.Next(5)),
        3 => AttributeValue.From(random.Next(5) / 2.0),
        4 => AttributeValue.From(RandomCases.Bytes(random, random.Next(3))),
        5 => AttributeValue.FromArray([AttributeValue.From(Texts[random.Next(Texts.Length)])]),
        6 => AttributeValue.From($"one of its own {random.Next()}"),
        _ => AttributeValue.From(Texts[random.Next(Texts.Length)]),
    };

    private static Span Of(ulong id) => new() { TraceId = new TraceId(1, id / 9), SpanId = new SpanId(id), Name = "GET /" };
}
