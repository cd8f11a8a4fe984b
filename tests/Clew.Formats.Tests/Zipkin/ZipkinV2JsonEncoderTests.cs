using System.Net;
using Clew.Model;

namespace Clew.Formats.Tests.Zipkin;

public sealed class ZipkinV2JsonEncoderTests
{
    private static readonly Span Minimal = new() { TraceId = new TraceId(0, 0xabc), SpanId = new SpanId(0xdef) };

    [Theory]
    [InlineData("""[{"traceId":"0000000000000abc","id":"0000000000000def"}]""")]
    [InlineData("""[{"traceId":"00000000000000010000000000000abc","parentId":"0000000000000001","id":"0000000000000def"}]""")]
    [InlineData("""
        [{"traceId":"7180c278b62e8f6a216a2aea45d08fc9","parentId":"6b221d5bc9e6496c","id":"5b4185666d50f68b","kind":"CLIENT","name":"get","timestamp":1472470996199000,"duration":207000,"localEndpoint":{"serviceName":"frontend","ipv4":"127.0.0.1","port":80},"remoteEndpoint":{"serviceName":"backend","ipv4":"192.168.99.101","ipv6":"2001:db8::c001","port":9000},"annotations":[{"timestamp":1472470996238000,"value":"foo"},{"timestamp":1472470996403000,"value":"bar"}],"tags":{"clnt/finagle.version":"6.45.0","http.path":"/api"},"debug":true}]
        """)]
    [InlineData("""[{"traceId":"0000000000000abc","id":"0000000000000def","kind":"SERVER","tags":{"error":""},"shared":true}]""")]
    [InlineData("""[{"traceId":"0000000000000abc","id":"0000000000000def","kind":"CLIENT","localEndpoint":{"ipv6":"::1"},"tags":{"error":"card declined","otel.status_code":"x","peer.service":"db"}}]""")]
    [InlineData("""[{"traceId":"0000000000000abc","id":"0000000000000def","kind":"CLIENT","tags":{"peer.service":"db","server.address":"db.example"}}]""")]
    [InlineData("""[{"traceId":"0000000000000abc","id":"0000000000000def","name":"\"\\\n\u2028é","tags":{"service.name":"x"}}]""")]
    [InlineData("[]")]
    public void Canonical_Zipkin_comes_out_as_it_came_in(string json) =>
        Assert.Equal(json.Trim(), ZipkinJson.EncodeText(ZipkinJson.Decode(json)));

    [Fact]
    public void Names_are_lower_cased_tags_sorted_with_the_last_of_a_key_and_annotations_ordered_without_duplicates()
    {
        string json = """
            [{"traceId":"abc","id":"def","name":"GET Ö","localEndpoint":{"serviceName":"Web"},"remoteEndpoint":{"serviceName":"Cart"},
              "annotations":[{"timestamp":2,"value":"b"},{"timestamp":2,"value":"B"},{"timestamp":1,"value":"z"},{"timestamp":2,"value":"b"}],"tags":{"b":"1","a":"2","B":"3","b":"4"}}]
            """;
        Assert.Equal(
            """[{"traceId":"0000000000000abc","id":"0000000000000def","name":"get ö","localEndpoint":{"serviceName":"web"},"remoteEndpoint":{"serviceName":"cart"},"annotations":[{"timestamp":1,"value":"z"},{"timestamp":2,"value":"B"},{"timestamp":2,"value":"b"}],"tags":{"B":"3","a":"2","b":"4"}}]""",
            ZipkinJson.EncodeText(ZipkinJson.Decode(json)));
    }

    [Fact]
    public void An_OpenTelemetry_span_says_in_tags_what_Zipkin_has_no_field_for()
    {
        Span span = Minimal with
        {
            Name = "GET /Cart",
            Kind = SpanKind.Client,
            StartNs = 1_000_999,
            DurationNs = 2_999,
            Status = StatusCode.Error,
            StatusMessage = "no stock",
            Resource = new Resource(Attributes(("service.name", "Web"), ("host.name", "h1"), ("http.method", "resource's"))),
            Scope = new Scope("http", "1.2"),
            Attributes = new AttributeList(
                new KeyValue("http.method", AttributeValue.From("GET")),
                new KeyValue("retries", AttributeValue.From(3)),
                new KeyValue("sizes", AttributeValue.FromArray(AttributeValue.From(1), AttributeValue.From("b"))),
                new KeyValue("server.address", AttributeValue.From("Cart")),
                new KeyValue("server.port", AttributeValue.From(8080))),
            Events = new EquatableList<SpanEvent>(
                new SpanEvent(1_001_999, "retry"),
                new SpanEvent(1_002_000, "a \"b\"") { Attributes = new AttributeList(new KeyValue("n", AttributeValue.From(1)), new KeyValue("s", AttributeValue.From("x"))) }),
            Links = new EquatableList<SpanLink>(new SpanLink(new TraceId(1, 2), new SpanId(3))),
        };
        Assert.Equal(
            """[{"traceId":"0000000000000abc","id":"0000000000000def","kind":"CLIENT","name":"get /cart","timestamp":1000,"duration":2,"""
            + """ "localEndpoint":{"serviceName":"web"},"remoteEndpoint":{"serviceName":"cart","port":8080},"annotations":[{"timestamp":1001,"value":"retry"},{"timestamp":1002,"value":"\"a \\\"b\\\"\": {\"n\":1,\"s\":\"x\"}"}],""".TrimStart()
            + """ "tags":{"error":"no stock","host.name":"h1","http.method":"GET","otel.scope.name":"http","otel.scope.version":"1.2","otel.status_code":"ERROR","retries":"3","server.address":"Cart","server.port":"8080","sizes":"[1,\"b\"]"}}]""".TrimStart(),
            ZipkinJson.EncodeText(span));
    }

    [Theory]
    [InlineData(StatusCode.Unset, "", null, null)]
    [InlineData(StatusCode.Ok, "", null, "OK")]
    [InlineData(StatusCode.Error, "", "", "ERROR")]
    [InlineData(StatusCode.Error, "broken", "broken", "ERROR")]
    public void A_status_becomes_the_tags_of_OpenTelemetrys_mapping(StatusCode status, string message, string? error, string? code)
    {
        Span span = Assert.Single(ZipkinJson.Decode(ZipkinJson.Encode(OpenTelemetry() with { Status = status, StatusMessage = message })));
        Assert.Equal(error, span.Attributes.TextOf("error"));
        Assert.Equal(code, span.Attributes.TextOf("otel.status_code"));
        Assert.Equal(status == StatusCode.Error, span.IsError);
    }

    [Fact]
    public void An_error_attribute_the_span_has_is_kept()
    {
        Span span = OpenTelemetry(("error", "timeout")) with { Status = StatusCode.Error, StatusMessage = "other" };
        Assert.Equal("timeout", Assert.Single(ZipkinJson.Decode(ZipkinJson.Encode(span))).Attributes.TextOf("error"));
    }

    [Fact]
    public void An_error_without_resource_or_scope_is_not_lost() =>
        Assert.Contains("\"error\":\"oh\"", ZipkinJson.EncodeText(Minimal with { Status = StatusCode.Error, StatusMessage = "oh" }), StringComparison.Ordinal);

    [Theory]
    [InlineData("cart", null, null, 0, "peer.service", "cart", "server.address", "other")]
    [InlineData("cart", null, null, 80, "server.port", "80", "server.address", "cart", "net.peer.name", "other")]
    [InlineData("cart", null, null, 0, "net.peer.name", "cart", "network.peer.address", "10.0.0.1")]
    [InlineData(null, "10.0.0.1", null, 443, "network.peer.address", "10.0.0.1", "network.peer.port", "443", "net.peer.ip", "10.0.0.9")]
    [InlineData(null, null, "2001:db8::1", 0, "network.peer.address", "2001:db8::1")]
    [InlineData("/tmp/sock", null, null, 0, "network.peer.address", "/tmp/sock")]
    [InlineData("cart", null, null, 0, "server.socket.domain", "cart", "server.socket.address", "10.0.0.1")]
    [InlineData(null, "10.0.0.1", null, 7, "server.socket.address", "10.0.0.1", "server.socket.port", "7")]
    [InlineData(null, "10.0.0.1", null, 6379, "net.peer.ip", "10.0.0.1", "net.peer.port", "6379", "db.name", "orders")]
    [InlineData("cart", null, null, 0, "peer.hostname", "cart", "peer.address", "10.0.0.1:80")]
    [InlineData(null, "10.0.0.1", null, 80, "peer.address", "10.0.0.1:80", "db.name", "orders")]
    [InlineData("orders", null, null, 0, "db.name", "orders", "server.port", "99999")]
    [InlineData(null, null, null, 0, "http.method", "GET")]
    public void The_remote_endpoint_comes_from_the_attribute_of_highest_rank(string? service, string? ipv4, string? ipv6, int port, params string[] pairs)
    {
        (string, string)[] attributes = [.. pairs.Chunk(2).Select(pair => (pair[0], pair[1]))];
        Endpoint expected = new(service, ipv4 is null ? null : IPAddress.Parse(ipv4), ipv6 is null ? null : IPAddress.Parse(ipv6), (ushort)port);
        foreach (SpanKind kind in Enum.GetValues<SpanKind>())
        {
            Span span = Assert.Single(ZipkinJson.Decode(ZipkinJson.Encode(OpenTelemetry(attributes) with { Kind = kind })));
            bool callsOut = kind is SpanKind.Client or SpanKind.Producer;
            Assert.Equal(callsOut && expected != new Endpoint(null, null, null, 0) ? expected : null, span.RemoteEndpoint);
        }
    }

    [Theory]
    [InlineData(0, 0, null, null)]
    [InlineData(999, 1, null, 1L)]
    [InlineData(1000, 999, 1L, 1L)]
    [InlineData(1999, 1999, 1L, 1L)]
    [InlineData(2000, -1, 2L, null)]
    public void Times_are_cut_to_microseconds_and_absent_when_zero(long startNs, long durationNs, long? timestampUs, long? durationUs)
    {
        string json = ZipkinJson.EncodeText(Minimal with { StartNs = startNs, DurationNs = durationNs });
        Assert.Equal(timestampUs is not null, json.Contains($"\"timestamp\":{timestampUs}", StringComparison.Ordinal));
        Assert.Equal(durationUs is not null, json.Contains($"\"duration\":{durationUs}", StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_without_a_time_takes_its_spans()
    {
        Span span = OpenTelemetry() with { StartNs = 5_000, Events = new EquatableList<SpanEvent>(new SpanEvent(0, "e")) };
        Assert.Equal(5_000, Assert.Single(Assert.Single(ZipkinJson.Decode(ZipkinJson.Encode(span))).Events).TimeNs);
    }

    private static Span OpenTelemetry(params (string Key, string Value)[] attributes) => Minimal with
    {
        Resource = new Resource(Attributes(("service.name", "web"))),
        Attributes = Attributes(attributes),
    };

    private static AttributeList Attributes(params (string Key, string Value)[] items) =>
        new([.. items.Select(static item => new KeyValue(item.Key, AttributeValue.From(item.Value)))]);
}
