using System.Net;
using Clew.Model;

namespace Clew.Formats.Tests.Zipkin.V1;

/// <summary>Calls: what one v1 span, of one side or both, becomes. Times are microseconds in, nanoseconds out.</summary>
public sealed class ZipkinV1ConversionTests
{
    internal static readonly Endpoint Frontend = new("frontend", IPAddress.Loopback, null, 0);
    internal static readonly Endpoint Backend = new("backend", IPAddress.Parse("192.168.99.101"), null, 9000);

    [Fact]
    public void A_client_span_takes_its_kind_from_cs_and_cr_its_times_from_the_span_and_its_remote_from_sa()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan
        {
            TraceId = TraceId.Parse("7180c278b62e8f6a216a2aea45d08fc9"),
            ParentSpanId = new SpanId(7),
            TimestampUs = 100,
            DurationUs = 207,
            IsDebug = true,
            Annotations = [(100, "cs", Frontend), (138, "foo", Frontend), (307, "cr", Frontend)],
            Tags = [("http.path", "/api", Frontend), ("sa", true, Backend)],
        }.Convert());
        Assert.Equal(SpanKind.Client, span.Kind);
        Assert.Equal((TraceId.Parse("7180c278b62e8f6a216a2aea45d08fc9"), new SpanId(2), new SpanId(7), "get"), (span.TraceId, span.SpanId, span.ParentSpanId, span.Name));
        Assert.Equal((100_000, 207_000), (span.StartNs, span.DurationNs));
        Assert.Equal((Frontend, Backend), (span.LocalEndpoint, span.RemoteEndpoint));
        Assert.Equal("frontend", span.ServiceName);
        Assert.Equal([new SpanEvent(138_000, "foo")], span.Events);
        Assert.Equal(["http.path=/api"], span.Attributes.Select(static item => item.ToString()));
        Assert.Equal(SpanTraits.Debug, span.Traits);
    }

    [Fact]
    public void Without_times_of_its_own_a_span_takes_those_of_its_annotations()
    {
        Span client = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "cs", Frontend), (150, "cr", Frontend)] }.Convert());
        Assert.Equal((SpanKind.Client, 100_000, 50_000), (client.Kind, client.StartNs, client.DurationNs));
        Span server = Assert.Single(new ZipkinV1TestSpan { TimestampUs = 90, DurationUs = 70, Annotations = [(100, "sr", Backend), (150, "ss", Backend)] }.Convert());
        Assert.Equal((SpanKind.Server, 90_000, 70_000, SpanTraits.None), (server.Kind, server.StartNs, server.DurationNs, server.Traits));
    }

    [Fact]
    public void An_unfinished_client_has_a_start_and_no_duration()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { TimestampUs = 100, Annotations = [(100, "cs", Frontend)] }.Convert());
        Assert.Equal((SpanKind.Client, 100_000, 0), (span.Kind, span.StartNs, span.DurationNs));
        Assert.Empty(span.Events);
    }

    [Theory]
    [InlineData("cr", SpanKind.Client, "sa")]
    [InlineData("ss", SpanKind.Server, "ca")]
    public void An_end_that_arrives_late_and_alone_gives_the_kind_stays_an_annotation_and_takes_the_address(string end, SpanKind kind, string address)
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { Annotations = [(150, end, Frontend)], Tags = [(address, true, Backend)] }.Convert());
        Assert.Equal((kind, 0, 0), (span.Kind, span.StartNs, span.DurationNs));
        Assert.Equal([new SpanEvent(150_000, end)], span.Events);
        Assert.Equal((Frontend, Backend), (span.LocalEndpoint, span.RemoteEndpoint));
    }

    [Theory]
    [InlineData("cr", SpanKind.Client)]
    [InlineData("ss", SpanKind.Server)]
    public void A_missing_start_is_concluded_when_the_end_fits_the_spans_own_times(string end, SpanKind kind)
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { TimestampUs = 100, DurationUs = 50, Annotations = [(150, end, Frontend)] }.Convert());
        Assert.Equal((kind, 100_000, 50_000), (span.Kind, span.StartNs, span.DurationNs));
        Assert.Empty(span.Events);
        Assert.Equal(SpanTraits.None, span.Traits);
    }

    [Fact]
    public void A_server_takes_the_client_address_as_its_remote()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan
        {
            TimestampUs = 100,
            DurationUs = 50,
            Annotations = [(100, "sr", Backend), (150, "ss", Backend)],
            Tags = [("ca", true, Frontend)],
        }.Convert());
        Assert.Equal((SpanKind.Server, Frontend), (span.Kind, span.RemoteEndpoint));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(100, 0, true)]
    [InlineData(100, 50, false)]
    public void A_server_that_left_its_times_to_the_client_shares_the_clients_span(long timestampUs, long durationUs, bool isShared)
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { TimestampUs = timestampUs, DurationUs = durationUs, Annotations = [(100, "sr", Backend), (150, "ss", Backend)] }.Convert());
        Assert.Equal(isShared, span.Traits.HasFlag(SpanTraits.Shared));
        Assert.Equal((100_000, 50_000), (span.StartNs, span.DurationNs));
    }

    [Fact]
    public void An_incomplete_server_without_a_timestamp_is_shared_and_starts_at_sr()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "sr", Backend)] }.Convert());
        Assert.Equal((SpanKind.Server, 100_000, 0, SpanTraits.Shared), (span.Kind, span.StartNs, span.DurationNs, span.Traits));
        Assert.Empty(span.Events);
    }

    [Fact]
    public void Both_sides_in_one_span_become_a_client_and_a_server_that_shares_its_id()
    {
        Span[] spans = new ZipkinV1TestSpan
        {
            TimestampUs = 100,
            DurationUs = 90,
            Annotations = [(100, "cs", Frontend), (120, "sr", Backend), (130, "work", Backend), (150, "ss", Backend), (190, "cr", Frontend)],
            Tags = [("http.path", "/api", Frontend), ("db", "x", Backend), ("sa", true, Backend), ("ca", true, Frontend)],
        }.Convert();
        Assert.Equal(2, spans.Length);
        (Span client, Span server) = (spans[0], spans[1]);
        Assert.Equal((SpanKind.Client, 100_000, 90_000, SpanTraits.None, "frontend"), (client.Kind, client.StartNs, client.DurationNs, client.Traits, client.ServiceName));
        Assert.Equal((SpanKind.Server, 120_000, 30_000, SpanTraits.Shared, "backend"), (server.Kind, server.StartNs, server.DurationNs, server.Traits, server.ServiceName));
        Assert.Equal((client.TraceId, client.SpanId, client.Name), (server.TraceId, server.SpanId, server.Name));
        Assert.Equal((Backend, Frontend), (client.RemoteEndpoint, server.RemoteEndpoint));
        Assert.Equal(("/api", null, "x"), (client.Attributes.TextOf("http.path"), client.Attributes.TextOf("db"), server.Attributes.TextOf("db")));
        Assert.Empty(client.Events);
        Assert.Equal([new SpanEvent(130_000, "work")], server.Events);
    }

    [Fact]
    public void A_service_that_calls_itself_becomes_two_spans_as_well()
    {
        Span[] spans = new ZipkinV1TestSpan
        {
            TimestampUs = 100,
            DurationUs = 90,
            Annotations = [(100, "cs", Frontend), (120, "sr", Frontend), (150, "ss", Frontend), (190, "cr", Frontend)],
        }.Convert();
        Assert.Equal([(SpanKind.Client, 100_000L, 90_000L), (SpanKind.Server, 120_000L, 30_000L)], spans.Select(static s => (s.Kind, s.StartNs, s.DurationNs)));
        Assert.Equal([SpanTraits.None, SpanTraits.Shared], spans.Select(static s => s.Traits));
        Assert.All(spans, static s => Assert.Equal("frontend", s.ServiceName));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_one_way_call_has_a_client_and_a_server_without_durations(bool loopback)
    {
        Endpoint server = loopback ? Frontend : Backend;
        Span[] spans = new ZipkinV1TestSpan { Annotations = [(100, "cs", Frontend), (120, "sr", server)] }.Convert();
        Assert.Equal([(SpanKind.Client, 100_000L, 0L), (SpanKind.Server, 120_000L, 0L)], spans.Select(static s => (s.Kind, s.StartNs, s.DurationNs)));
        Assert.True(spans[1].Traits.HasFlag(SpanTraits.Shared));
    }

    [Fact]
    public void The_shared_flag_survives_for_a_server_joined_by_a_client_of_another_span()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "sr", Backend), (150, "ss", Backend)], Tags = [("lc", "", Backend)] }.Convert());
        Assert.Equal(SpanTraits.Shared, span.Traits);
        Assert.Empty(span.Attributes);
    }

    [Fact]
    public void A_client_without_cs_and_a_server_keep_what_they_have_when_the_end_does_not_fit()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { TimestampUs = 100, DurationUs = 50, Annotations = [(170, "cr", Frontend)] }.Convert());
        Assert.Equal((SpanKind.Client, 100_000, 50_000), (span.Kind, span.StartNs, span.DurationNs));
        Assert.Equal([new SpanEvent(170_000, "cr")], span.Events);
    }

    [Fact]
    public void Clocks_that_disagree_give_no_negative_duration()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { Annotations = [(150, "cs", Frontend), (100, "cr", Frontend)] }.Convert());
        Assert.Equal((150_000, 0), (span.StartNs, span.DurationNs));
    }

    [Fact]
    public void Its_own_id_as_parent_is_no_parent() =>
        Assert.True(Assert.Single(new ZipkinV1TestSpan { ParentSpanId = new SpanId(2) }.Convert()).ParentSpanId.IsZero);
}
