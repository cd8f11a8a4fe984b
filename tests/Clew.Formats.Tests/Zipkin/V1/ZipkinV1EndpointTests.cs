using System.Net;
using Clew.Model;
using static Clew.Formats.Tests.Zipkin.V1.ZipkinV1ConversionTests;

namespace Clew.Formats.Tests.Zipkin.V1;

/// <summary>Messages, addresses, tags and data without an endpoint.</summary>
public sealed class ZipkinV1EndpointTests
{
    private static readonly Endpoint Broker = new("kafka", null, IPAddress.Parse("2001:db8::c001"), 65535);

    [Fact]
    public void A_producer_starts_at_ms_and_ends_at_ws()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "ms", Frontend), (130, "ws", Frontend)], Tags = [("ma", true, Broker)] }.Convert());
        Assert.Equal((SpanKind.Producer, 100_000, 30_000), (span.Kind, span.StartNs, span.DurationNs));
        Assert.Equal((Frontend, Broker), (span.LocalEndpoint, span.RemoteEndpoint));
        Assert.Empty(span.Events);
        Assert.Equal(0, Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "ms", Frontend)] }.Convert()).DurationNs);
    }

    [Fact]
    public void A_consumer_starts_at_wr_and_ends_at_mr()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "wr", Backend), (130, "mr", Backend)], Tags = [("ma", true, Broker)] }.Convert());
        Assert.Equal((SpanKind.Consumer, 100_000, 30_000, Broker), (span.Kind, span.StartNs, span.DurationNs, span.RemoteEndpoint));
        Span instant = Assert.Single(new ZipkinV1TestSpan { Annotations = [(130, "mr", Backend)] }.Convert());
        Assert.Equal((SpanKind.Consumer, 130_000, 0), (instant.Kind, instant.StartNs, instant.DurationNs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_producer_and_a_consumer_in_one_span_are_told_apart_and_the_consumer_shares(bool loopback)
    {
        Endpoint consumer = loopback ? Frontend : Backend;
        Span[] spans = new ZipkinV1TestSpan
        {
            Annotations = [(100, "ms", Frontend), (110, "ws", Frontend), (140, "wr", consumer), (160, "mr", consumer)],
            Tags = [("ma", true, Broker)],
        }.Convert();
        Assert.Equal([(SpanKind.Producer, 100_000L, 10_000L), (SpanKind.Consumer, 140_000L, 20_000L)], spans.Select(static s => (s.Kind, s.StartNs, s.DurationNs)));
        Assert.Equal([SpanTraits.None, SpanTraits.Shared], spans.Select(static s => s.Traits));
        Assert.All(spans, static s => Assert.Equal(Broker, s.RemoteEndpoint));
    }

    [Fact]
    public void Wire_annotations_of_a_call_stay_annotations()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "cs", Frontend), (110, "ws", Frontend), (140, "wr", Frontend), (160, "cr", Frontend)] }.Convert());
        Assert.Equal([new SpanEvent(110_000, "ws"), new SpanEvent(140_000, "wr")], span.Events);
    }

    [Fact]
    public void Core_annotations_without_an_endpoint_are_ordinary_ones()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { TimestampUs = 100, DurationUs = 50, Annotations = [(100, "sr", null), (150, "ss", null)] }.Convert());
        Assert.Equal((SpanKind.Unspecified, 100_000, 50_000), (span.Kind, span.StartNs, span.DurationNs));
        Assert.Null(span.LocalEndpoint);
        Assert.Equal([new SpanEvent(100_000, "sr"), new SpanEvent(150_000, "ss")], span.Events);
    }

    [Fact]
    public void A_local_span_is_placed_by_its_empty_component_which_is_no_tag()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan { TimestampUs = 100, DurationUs = 50, Tags = [("lc", "", Frontend)] }.Convert());
        Assert.Equal((SpanKind.Unspecified, Frontend), (span.Kind, span.LocalEndpoint));
        Assert.Empty(span.Attributes);
        Span named = Assert.Single(new ZipkinV1TestSpan { Tags = [("lc", "cache", Frontend)] }.Convert());
        Assert.Equal("cache", named.Attributes.TextOf("lc"));
    }

    [Fact]
    public void Data_without_an_endpoint_goes_to_the_first_span()
    {
        Span[] spans = new ZipkinV1TestSpan
        {
            Annotations = [(100, "cs", Frontend), (110, "sr", Backend), (120, "hello", null), (130, "ss", Backend), (140, "cr", Frontend)],
            Tags = [("a", "1", null)],
        }.Convert();
        Assert.Equal([new SpanEvent(120_000, "hello")], spans[0].Events);
        Assert.Equal("1", spans[0].Attributes.TextOf("a"));
        Assert.Equal((0, 0), (spans[1].Events.Count, spans[1].Attributes.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData("true")]
    [InlineData("1")]
    public void Addresses_count_whatever_their_value(object value)
    {
        Span client = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "cs", Frontend)], Tags = [("sa", value, Backend)] }.Convert());
        Assert.Equal(Backend, client.RemoteEndpoint);
        Span server = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "sr", Backend)], Tags = [("ca", value, Frontend)] }.Convert());
        Assert.Equal(Frontend, server.RemoteEndpoint);
        Span producer = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "ms", Frontend)], Tags = [("ma", value, Broker)] }.Convert());
        Assert.Equal(Broker, producer.RemoteEndpoint);
        Assert.All([client, server, producer], static s => Assert.Empty(s.Attributes));
    }

    [Fact]
    public void With_addresses_alone_a_span_is_local_to_the_client_and_remote_to_the_server()
    {
        Span both = Assert.Single(new ZipkinV1TestSpan { TimestampUs = 100, Tags = [("ca", true, Frontend), ("sa", true, Backend)] }.Convert());
        Assert.Equal((SpanKind.Unspecified, Frontend, Backend, 100_000), (both.Kind, both.LocalEndpoint, both.RemoteEndpoint, both.StartNs));
        Span server = Assert.Single(new ZipkinV1TestSpan { Tags = [("sa", true, Backend)] }.Convert());
        Assert.Equal((SpanKind.Unspecified, null, Backend), (server.Kind, server.LocalEndpoint, server.RemoteEndpoint));
        Span client = Assert.Single(new ZipkinV1TestSpan { Tags = [("ca", true, Frontend)] }.Convert());
        Assert.Equal((SpanKind.Server, null, Frontend), (client.Kind, client.LocalEndpoint, client.RemoteEndpoint));
    }

    [Fact]
    public void A_client_ignores_its_own_address()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan
        {
            Annotations = [(100, "cs", Frontend), (150, "cr", Frontend)],
            Tags = [("ca", true, Frontend), ("sa", true, Backend)],
        }.Convert());
        Assert.Equal((Frontend, Backend), (span.LocalEndpoint, span.RemoteEndpoint));
    }

    [Fact]
    public void A_server_that_is_named_as_its_own_client_is_no_loop_but_the_clients_socket_is_kept()
    {
        var socket = new Endpoint("backend", IPAddress.Parse("192.168.99.101"), null, 51234);
        Span same = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "sr", Backend)], Tags = [("ca", true, Backend)] }.Convert());
        Assert.Null(same.RemoteEndpoint);
        Span other = Assert.Single(new ZipkinV1TestSpan { Annotations = [(100, "sr", Backend)], Tags = [("ca", true, socket)] }.Convert());
        Assert.Equal(socket with { ServiceName = null }, other.RemoteEndpoint);
    }

    [Fact]
    public void The_tag_error_makes_the_span_of_its_service_an_error()
    {
        Span[] spans = new ZipkinV1TestSpan
        {
            Annotations = [(100, "cs", Frontend), (110, "sr", Backend)],
            Tags = [("error", "no funds", Backend)],
        }.Convert();
        Assert.Equal([(false, ""), (true, "no funds")], spans.Select(static s => (s.IsError, s.StatusMessage)));
        Assert.Equal("no funds", spans[1].Attributes.TextOf("error"));
    }

    [Fact]
    public void Endpoints_of_one_service_at_several_addresses_are_one_span()
    {
        Span span = Assert.Single(new ZipkinV1TestSpan
        {
            Annotations = [(100, "cs", Frontend), (150, "cr", Frontend with { Ipv4 = null, Port = 80 })],
        }.Convert());
        Assert.Equal((Frontend, 50_000), (span.LocalEndpoint, span.DurationNs));
    }

    [Fact]
    public void A_span_of_too_many_services_is_refused_as_over_a_limit()
    {
        var span = new ZipkinV1TestSpan { Annotations = [.. Enumerable.Range(0, 65).Select(i => (100L, "hi", (Endpoint?)new Endpoint($"s{i}", null, null, 0)))] };
        Assert.Throws<SpanLimitException>(() => ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Json, ZipkinV1TestSpan.Json(span)));
        Assert.Throws<SpanLimitException>(() => ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Thrift, ZipkinV1TestSpan.ThriftList(span)));
        Assert.Equal(64, new ZipkinV1TestSpan { Annotations = [.. span.Annotations.Take(64)] }.Convert().Length);
    }
}
