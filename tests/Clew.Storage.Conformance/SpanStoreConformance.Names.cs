using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Conformance;

/// <summary>Names and values for drop-downs: Jaeger's GetServices and GetOperations, Zipkin's ITServiceAndSpanNames and ITAutocompleteTags.</summary>
public abstract partial class SpanStoreConformance
{
    [Fact]
    public async Task Services_are_those_that_recorded_spans_never_remote_ones()
    {
        Assert.Empty(await Store.GetServicesAsync(TimeRange.All, CancellationToken.None));
        await WriteAsync(Client(Id(1), 1, "web", "db"), Client(Id(1), 2, "Cart", "db"), Client(Id(2), 1, "web", "db"));
        Assert.Equal(["Cart", "web"], await Store.GetServicesAsync(TimeRange.All, CancellationToken.None));
    }

    [Fact]
    public async Task A_span_without_a_service_counts_as_the_unknown_one()
    {
        await WriteAsync(new Span { TraceId = Id(1), SpanId = new SpanId(1) });
        Assert.Equal([AttributeKeys.UnknownService], await Store.GetServicesAsync(TimeRange.All, CancellationToken.None));
    }

    [Fact]
    public async Task Operations_carry_their_kinds_and_leave_out_empty_names()
    {
        Span span = TestSpan.Of(Id(1), 1, "one");
        await WriteAsync(
            span with { Name = "b", Kind = SpanKind.Server },
            span with { Name = "b", Kind = SpanKind.Client },
            span with { Name = "b", Kind = SpanKind.Client, SpanId = new SpanId(2) },
            span with { Name = "a" },
            span with { Name = "" },
            TestSpan.Of(Id(1), 3, "two") with { Name = "b", Kind = SpanKind.Server });
        Operation[] ofOne = [new("one", "a", SpanKind.Unspecified), new("one", "b", SpanKind.Server), new("one", "b", SpanKind.Client)];
        Assert.Equal(ofOne, await Store.GetOperationsAsync("one", TimeRange.All, CancellationToken.None));
        Assert.Equal(
            [ofOne[0], ofOne[1], new("two", "b", SpanKind.Server), ofOne[2]],
            await Store.GetOperationsAsync(null, TimeRange.All, CancellationToken.None));
        Assert.Empty(await Store.GetOperationsAsync("absent", TimeRange.All, CancellationToken.None));
    }

    [Fact]
    public async Task More_than_fifty_names_are_all_returned()
    {
        string[] names = [.. Enumerable.Range(0, 51).Select(i => $"name {i:00}")];
        await WriteAsync(names.Select((name, i) => Client(Id((ulong)i + 1), 1, "web", name) with { Name = name }));
        Assert.Equal(names, await Store.GetRemoteServicesAsync("web", TimeRange.All, CancellationToken.None));
        Assert.Equal(names, (await Store.GetOperationsAsync("web", TimeRange.All, CancellationToken.None)).Select(operation => operation.Name));
        Assert.Empty(await Store.GetRemoteServicesAsync("name 01", TimeRange.All, CancellationToken.None));
    }

    [Fact]
    public async Task Names_are_asked_for_a_time_range_with_both_ends_included()
    {
        await WriteAsync(
            TestSpan.Of(Id(1), 1, "old") with { StartNs = DayNs - 1 },
            TestSpan.Of(Id(1), 2, "first"),
            TestSpan.Of(Id(1), 3, "last") with { StartNs = DayNs + 5 },
            TestSpan.Of(Id(1), 4, "untimed") with { StartNs = 0 });
        Assert.Equal(["first", "last"], await Store.GetServicesAsync(new TimeRange(DayNs, DayNs + 5), CancellationToken.None));
        Assert.Equal(["first", "last", "old", "untimed"], await Store.GetServicesAsync(TimeRange.All, CancellationToken.None));
        Assert.Empty(await Store.GetServicesAsync(new TimeRange(DayNs + 1, DayNs), CancellationToken.None));
    }

    [Fact]
    public async Task Values_count_the_spans_that_carry_them()
    {
        var key = new QueryField.Attribute(AttributeScope.Any, "k");
        AttributeList numberTwice = new(new KeyValue("k", AttributeValue.From(1L)), new KeyValue("k", AttributeValue.From(1L)));
        await WriteAsync(
            TestSpan.Of(Id(1), 1) with { Attributes = numberTwice },
            TestSpan.Of(Id(1), 2) with { Attributes = TestSpan.Attributes(("k", "1")) },
            TestSpan.Of(Id(1), 3) with { Attributes = TestSpan.Attributes(("k", "b"), ("other", "c")) },
            TestSpan.Of(Id(1), 4) with { Resource = new Resource(TestSpan.Attributes(("k", "b"))) });
        Assert.Equal(
            [new("b", AttributeType.String, 2), new("1", AttributeType.String, 1), new AttributeValueCount("1", AttributeType.Int64, 1)],
            await Store.GetAttributeValuesAsync(key, TimeRange.All, 10, CancellationToken.None));
        Assert.Equal(["k", "other"], await Store.GetAttributeKeysAsync(AttributeScope.Span, TimeRange.All, 10, CancellationToken.None));
        Assert.Equal(["k"], await Store.GetAttributeKeysAsync(AttributeScope.Span, TimeRange.All, 1, CancellationToken.None));
    }
}
