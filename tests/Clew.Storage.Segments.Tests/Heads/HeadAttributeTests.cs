using Clew.Model;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadAttributeTests
{
    [Fact]
    public void Keys_beyond_the_bound_on_columns_go_to_the_rest_and_come_back_in_order()
    {
        List<Span> spans = [];
        for (int i = 0; i < 300; i++)
        {
            KeyValue[] items = [.. Enumerable.Range(0, 10).Select(k => new KeyValue($"key {i * 10 + k}", AttributeValue.From((long)k))), new KeyValue("key 0", AttributeValue.From("again"))];
            spans.Add(SpanWith(i, items));
        }
        SpanTable table = HeadTables.Of(spans);
        Assert.Null(HeadTables.Of(spans.Take(10)).Attributes.Rest);
        Assert.Equal(AttributeTable.ColumnsMax, table.Attributes.Keys.Count);
        Assert.Equal([], table.Attributes.ColumnsOf("key 2999"));
        Assert.NotNull(table.Attributes.Rest);
        Assert.Equal(spans, HeadTables.Read(table));
    }

    [Fact]
    public void A_key_that_repeats_has_a_column_for_each_occurrence()
    {
        Span span = SpanWith(1, new KeyValue("a", AttributeValue.From(1L)), new KeyValue("b", AttributeValue.From(2L)), new KeyValue("a", AttributeValue.From("x")), new KeyValue("a", AttributeValue.Empty));
        SpanTable table = HeadTables.Of([span, SpanWith(2, new KeyValue("a", AttributeValue.From(3L)))]);
        Assert.Equal([new AttributeKey("a", 0), new("b", 0), new("a", 1), new("a", 2)], table.Attributes.Keys);
        Assert.Equal([0, 2, 3], table.Attributes.ColumnsOf("a"));
        Assert.True(table.Attributes.Column(0).TryGet(1, out AttributeValue value));
        Assert.Equal(AttributeValue.From(3L), value);
        Assert.False(table.Attributes.Column(2).TryGet(1, out _));
    }

    [Fact]
    public void A_key_repeated_very_often_does_not_use_up_the_columns()
    {
        KeyValue[] items = [.. Enumerable.Range(0, 50_000).Select(i => new KeyValue(i % 2 == 0 ? "a" : "b", AttributeValue.From((long)i)))];
        Span span = SpanWith(1, items);
        SpanTable table = HeadTables.Of([span]);
        Assert.Equal(2 * HeadColumns.OccurrencesMax, table.Attributes.Keys.Count);
        Assert.Equal([span], HeadTables.Read(table));
    }

    [Fact]
    public void A_snapshot_has_the_columns_it_was_published_with()
    {
        var head = new HeadTable();
        HeadTables.Append(head, [SpanWith(1, new KeyValue("a", AttributeValue.From(1L)))]);
        SpanTable before = head.Snapshot();
        HeadTables.Append(head, [SpanWith(2, new KeyValue("b", AttributeValue.From(1L)), new KeyValue("a", AttributeValue.From(1L)), new KeyValue("a", AttributeValue.From(2L)))]);
        Assert.Equal([new AttributeKey("a", 0)], before.Attributes.Keys);
        Assert.Equal([0], before.Attributes.ColumnsOf("a"));
        Assert.Equal([], before.Attributes.ColumnsOf("b"));
        Assert.Equal([0, 2], head.Snapshot().Attributes.ColumnsOf("a"));
    }

    [Fact]
    public void Huge_values_come_back()
    {
        Span[] spans =
        [
            SpanWith(1, new KeyValue("text", AttributeValue.From(new string('ä', 3_000_000))), new KeyValue("bytes", AttributeValue.From(new byte[5_000_000]))),
            SpanWith(2, new KeyValue("list", AttributeValue.FromArray([.. Enumerable.Range(0, 200_000).Select(i => AttributeValue.From((long)i))]))) with { Name = new string('n', 1_000_000) },
        ];
        Assert.Equal(spans, HeadTables.Read(HeadTables.Of(spans)));
    }

    private static Span SpanWith(int id, params KeyValue[] attributes) =>
        new() { TraceId = new TraceId(9, (ulong)id / 4), SpanId = new SpanId((ulong)id + 1), Name = "GET /", Attributes = new AttributeList(attributes) };
}
