using Clew.Model;

namespace Clew.Query.Tests.Assembly;

public sealed class TraceAdjusterTests
{
    private const long Ms = 1_000_000;
    private const long T0 = 1_795_000_000_000 * Ms;

    [Theory]
    [InlineData(-50, 60, "This span's timestamps were adjusted by 70ms", 20)] // into the middle of the parent's 100 ms
    [InlineData(90, 20, "This span's timestamps were adjusted by -50ms", 40)]
    [InlineData(-50, 200, "This span's timestamps were adjusted by 50ms", 0)] // longer than the parent: only not before it
    [InlineData(50, 200, null, 50)]
    [InlineData(10, 60, null, 10)]
    [InlineData(0, 100, null, 0)]
    public void A_child_of_another_host_is_moved_into_its_parent(long startMs, long durationMs, string? warning, long adjustedMs)
    {
        Trace trace = Adjust(3_600_000 * Ms, Span(1, 0, 0, 100, "a"), Span(2, 1, startMs, durationMs, "b"));

        Assert.Equal(T0 + (adjustedMs * Ms), trace.Spans[1].StartNs);
        Assert.Equal(durationMs * Ms, trace.Spans[1].DurationNs);
        Assert.Equal(warning is null ? [] : [warning], Warnings(trace.Spans[1]));
        Assert.Empty(Warnings(trace.Spans[0]));
    }

    [Fact]
    public void What_the_same_host_recorded_below_moves_along_with_its_events()
    {
        Span below = Span(3, 2, -45, 10, "b") with { Events = new EquatableList<SpanEvent>(new SpanEvent(T0 - (40 * Ms), "log")) };

        Trace trace = Adjust(1000 * Ms, Span(1, 0, 0, 100, "a"), Span(2, 1, -50, 60, "b"), below);

        Assert.Equal(T0 + (25 * Ms), trace.Spans[2].StartNs);
        Assert.Equal(T0 + (30 * Ms), trace.Spans[2].Events[0].TimeNs);
    }

    [Fact]
    public void A_child_of_the_same_host_stays_where_it_is()
    {
        Trace trace = Adjust(1000 * Ms, Span(1, 0, 0, 100, "a"), Span(2, 1, -50, 60, "a"));

        Assert.Equal(T0 - (50 * Ms), trace.Spans[1].StartNs);
        Assert.Empty(Warnings(trace.Spans[1]));
    }

    [Theory]
    [InlineData(0, -50, "clock skew adjustment disabled; not applying calculated delta of 70ms")]
    [InlineData(60, -50, "max clock skew adjustment delta of 60ms exceeded; not applying calculated delta of 70ms")]
    [InlineData(1500, 90_020, "max clock skew adjustment delta of 1.5s exceeded; not applying calculated delta of -1m30s")]
    [InlineData(1, -3_661_000, "max clock skew adjustment delta of 1ms exceeded; not applying calculated delta of 1h1m1.02s")]
    public void A_larger_shift_than_allowed_is_only_warned_of(long maxMs, long startMs, string warning)
    {
        Trace trace = Adjust(maxMs * Ms, Span(1, 0, 0, 100, "a"), Span(2, 1, startMs, 60, "b"));

        Assert.Equal(T0 + (startMs * Ms), trace.Spans[1].StartNs);
        Assert.Equal([warning], Warnings(trace.Spans[1]));
    }

    [Theory]
    [InlineData(-1, "clock skew adjustment disabled; not applying calculated delta of 1ns")]
    [InlineData(-1_500, "clock skew adjustment disabled; not applying calculated delta of 1.5µs")]
    public void Small_shifts_are_told_in_small_units(long startNs, string warning)
    {
        Span child = Span(2, 1, 0, 100, "b") with { StartNs = T0 + startNs };

        Assert.Equal([warning], Warnings(Adjust(0, Span(1, 0, 0, 100, "a"), child).Spans[1]));
    }

    [Fact]
    public void A_missing_parent_and_a_second_span_of_one_id_are_warned_of()
    {
        Trace trace = Adjust(0, Span(1, 0, 0, 100, "a"), Span(2, 0x1f, 10, 20, "a"), Span(2, 0x1f, 11, 20, "a"));

        Assert.Equal(["parent span ID=000000000000001f is not in the trace; skipping clock skew adjustment"], Warnings(trace.Spans[1]));
        Assert.Equal(["duplicate span IDs; skipping clock skew adjustment"], Warnings(trace.Spans[2]));
    }

    [Fact]
    public void Spans_without_a_time_and_spans_in_a_circle_are_left_alone()
    {
        Span timeless = Span(2, 1, 0, 20, "b") with { StartNs = 0 };

        Trace trace = Adjust(1000 * Ms, Span(1, 0, 0, 100, "a"), timeless, Span(3, 4, -9, 1, "a"), Span(4, 3, 9, 1, "b"));

        Assert.Equal(0, trace.Spans[1].StartNs);
        Assert.All(trace.Spans, span => Assert.Empty(Warnings(span)));
    }

    [Fact]
    public void Hosts_are_told_apart_by_id_then_address_then_name_then_endpoint()
    {
        Span parent = Span(1, 0, 0, 100, "a");
        Assert.Empty(Warnings(Child(("host.id", From("a")), ("host.name", From("other")))));
        Assert.Single(Warnings(Child(("host.id", From("other")), ("host.name", From("a")))));
        Assert.Empty(Warnings(Child(("host.ip", AttributeValue.FromArray(From("a"), From("b"))), ("host.name", From("other")))));
        Assert.Empty(Warnings(Child(("ip", From("a")))));
        Assert.Single(Warnings(Child()));

        Span Child(params (string Key, AttributeValue Value)[] resource) => Adjust(0, parent, Span(2, 1, -50, 60, "") with
        {
            Resource = new Resource(new AttributeList([.. resource.Select(one => new KeyValue(one.Key, one.Value))])),
        }).Spans[1];

        static AttributeValue From(string text) => AttributeValue.From(text);
    }

    [Fact]
    public void Identical_spans_are_answered_once_whatever_the_order_of_their_attributes()
    {
        Span span = Span(1, 0, 0, 100, "a");

        Trace trace = Adjust(
            0, span with { Attributes = Attributes(("b", 1), ("a", 2)) }, span with { Attributes = Attributes(("a", 2), ("b", 1)) }, span);

        Assert.Equal([Attributes(("a", 2), ("b", 1)), AttributeList.None], trace.Spans.Select(one => RemoveWarnings(one.Attributes)));
    }

    [Fact]
    public void Attributes_of_span_resource_and_events_are_ordered_by_key_and_equal_keys_stay_in_order()
    {
        Span span = Span(1, 0, 0, 100, "a") with
        {
            Attributes = Attributes(("z", 1), ("b", 2), ("b", 1), ("B", 3)),
            Resource = new Resource(Attributes(("z", 1), ("a", 2))),
            Events = new EquatableList<SpanEvent>(new SpanEvent(T0, "log") { Attributes = Attributes(("z", 1), ("a", 2)) }),
        };

        Span adjusted = Adjust(0, span).Spans[0];

        Assert.Equal(Attributes(("B", 3), ("b", 2), ("b", 1), ("z", 1)), adjusted.Attributes);
        Assert.Equal(Attributes(("a", 2), ("z", 1)), adjusted.Resource.Attributes);
        Assert.Equal(Attributes(("a", 2), ("z", 1)), adjusted.Events[0].Attributes);
    }

    [Theory]
    [InlineData("ip", 0x7F000001L, "127.0.0.1")]
    [InlineData("peer.ipv4", -1L, "255.255.255.255")]
    [InlineData("peer.ipv4", 3232235777.0, "192.168.1.1")]
    [InlineData("peer.ipv4", 1L << 32, "4294967296")]
    [InlineData("peer.ipv4", 0.5, "0.5")]
    [InlineData("peer.port", 80L, "80")]
    public void Addresses_in_numbers_are_shown_as_text(string key, object number, string expected)
    {
        AttributeValue value = number is long whole ? AttributeValue.From(whole) : AttributeValue.From((double)number);
        var attributes = new AttributeList(new KeyValue(key, value));

        Span span = Adjust(0, Span(1, 0, 0, 100, "a") with { Attributes = attributes, Resource = new Resource(attributes) }).Spans[0];

        Assert.Equal(expected, span.Attributes.TextOf(key));
        Assert.Equal(expected, span.Resource.Attributes.TextOf(key));
    }

    [Fact]
    public void Links_without_a_trace_id_are_removed_with_a_warning_each()
    {
        var good = new SpanLink(new TraceId(0, 9), new SpanId(9));
        var empty = new SpanLink(default, new SpanId(9));

        Span span = Adjust(0, Span(1, 0, 0, 100, "a") with { Links = new EquatableList<SpanLink>(empty, good, empty) }).Spans[0];

        Assert.Equal([good], span.Links);
        Assert.Equal(["Invalid span link removed", "Invalid span link removed"], Warnings(span));
    }

    private static Trace Adjust(long maxNs, params Span[] spans) => TraceAdjuster.Adjust(new Trace(new TraceId(0, 1), spans), maxNs);

    private static Span Span(ulong id, ulong parent, long startMs, long durationMs, string host) => new()
    {
        TraceId = new TraceId(0, 1),
        SpanId = new SpanId(id),
        ParentSpanId = new SpanId(parent),
        StartNs = T0 + (startMs * Ms),
        DurationNs = durationMs * Ms,
        Resource = new Resource(new AttributeList(new KeyValue("host.name", AttributeValue.From(host)))),
    };

    private static AttributeList Attributes(params (string Key, long Value)[] items) =>
        new([.. items.Select(one => new KeyValue(one.Key, AttributeValue.From(one.Value)))]);

    private static AttributeList RemoveWarnings(AttributeList attributes) =>
        new([.. attributes.Where(static one => one.Key != AttributeKeys.JaegerWarnings)]);

    private static string[] Warnings(Span span) =>
        [.. span.Attributes.Where(static one => one.Key == AttributeKeys.JaegerWarnings).SelectMany(static one => one.Value.AsArray()).Select(static one => one.AsString())];
}
