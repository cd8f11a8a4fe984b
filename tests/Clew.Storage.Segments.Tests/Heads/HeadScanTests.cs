using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadScanTests
{
    [Fact]
    public void Roots_and_starts_are_those_of_the_spans() => Properties.ForAll(
        from spans in SpanGen.ZipkinLikeSpan.ListUpTo(100)
        from low in Gen.Elements(long.MinValue, -5L, 0L, SpanGen.BaseNs, SpanGen.BaseNs + 1_000_000_000_000)
        from high in Gen.Elements(long.MaxValue, 5L, SpanGen.BaseNs + 1_500_000_000_000)
        select (spans: spans.DistinctBy(span => (span.TraceId, span.SpanId)).ToList(), range: new TimeRange(low, high)),
        drawn =>
        {
            SpanTable table = HeadTables.Of(drawn.spans);
            Assert.Equal(drawn.spans.Select(span => span.ParentSpanId.IsZero), Bitmaps.Scan(table.RowCount, table.Roots));
            Assert.Equal(drawn.spans.Select(span => TraceTime.Contains(drawn.range, span.StartNs)), Bitmaps.Scan(table.RowCount, rows => table.StartsIn(drawn.range, rows)));
        },
        count: 40);

    [Fact]
    public void Services_are_those_of_the_spans()
    {
        AttributeValue[] names = [AttributeValue.From("web"), AttributeValue.From(""), AttributeValue.From(7L), AttributeValue.FromArray(AttributeValue.From("a")), AttributeValue.Empty, AttributeValue.From(true)];
        Span[] spans =
        [
            .. names.Select((name, i) => Of(i, new KeyValue("a", AttributeValue.From(1L)), new KeyValue("service.name", name), new KeyValue("service.name", AttributeValue.From("second")))),
            Of(20),
        ];
        SpanTable table = HeadTables.Of(spans);
        Assert.Equal(
            spans.Select(span => span.ServiceName),
            Enumerable.Range(0, spans.Length).Select(row => System.Text.Encoding.UTF8.GetString(table.Services.Get(row, new byte[TextShape.TextBytesMax]))));
    }

    private static Span Of(int id, params KeyValue[] resource) =>
        new() { TraceId = new TraceId(1, 1), SpanId = new SpanId((ulong)id + 1), Resource = new Resource(new AttributeList(resource)) };
}
