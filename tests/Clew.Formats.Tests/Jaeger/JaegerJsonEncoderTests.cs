using System.Net;
using System.Text.Json;
using Clew.Model;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerJsonEncoderTests
{
    private static readonly Span Plain = new() { TraceId = new TraceId(0, 0xAB), SpanId = new SpanId(1) };

    [Fact]
    public void Every_attribute_of_every_span_is_there_with_its_type()
    {
        Properties.ForAll(SpanGen.OtlpSpan.ListUpTo(4).Where(spans => spans.Count > 0), spans =>
        {
            JsonElement trace = JaegerJson.Element(spans);
            foreach ((Span span, JsonElement json) in spans.Zip(trace.GetProperty("spans").EnumerateArray()))
            {
                Assert.Equal(span.Name, json.GetProperty("operationName").GetString());
                Assert.Equal(span.StartNs / 1000, json.GetProperty("startTime").GetInt64());
                Assert.Equal(span.DurationNs / 1000, json.GetProperty("duration").GetInt64());
                List<(string Key, string Type, string Value)> tags = JaegerJson.Tags(json.GetProperty("tags"));
                Assert.Subset(tags.ToHashSet(), span.Attributes.Select(JaegerJson.Tag).ToHashSet());

                JsonElement process = trace.GetProperty("processes").GetProperty(json.GetProperty("processID").GetString()!);
                Assert.Equal(span.ServiceName, process.GetProperty("serviceName").GetString());
                Assert.Equal(
                    span.Resource.Attributes.Skip(1).Select(JaegerJson.Tag).OrderBy(tag => tag.Key, StringComparer.Ordinal),
                    JaegerJson.Tags(process.GetProperty("tags")));

                Assert.Equal(span.Events.Count, json.GetProperty("logs").GetArrayLength());
                foreach ((SpanEvent item, JsonElement log) in span.Events.Zip(json.GetProperty("logs").EnumerateArray()))
                {
                    IEnumerable<KeyValue> name = item.Name.Length == 0 ? [] : [new KeyValue("event", AttributeValue.From(item.Name))];
                    Assert.Equal(name.Concat(item.Attributes).Select(JaegerJson.Tag), JaegerJson.Tags(log.GetProperty("fields")));
                }
            }
        });
    }

    [Fact]
    public void A_tag_that_says_the_same_twice_is_shown_once()
    {
        Span span = Plain with
        {
            Kind = SpanKind.Client,
            Status = StatusCode.Error,
            Attributes = new AttributeList(
                new KeyValue("error", AttributeValue.From(true)),
                new KeyValue("span.kind", AttributeValue.From("client")),
                new KeyValue("span.kind", AttributeValue.From("server")),
                new KeyValue("a", AttributeValue.From(1)),
                new KeyValue("a", AttributeValue.From(1))),
        };
        Assert.Equal(
            [("error", "bool", "true"), ("span.kind", "string", "\"client\""), ("span.kind", "string", "\"server\""), ("a", "int64", "1"), ("otel.status_code", "string", "\"ERROR\"")],
            JaegerJson.Tags(JaegerJson.Span(span).GetProperty("tags")));
    }

    [Fact]
    public void A_64_bit_trace_id_has_16_digits()
    {
        Assert.Equal("00000000000000ab", JaegerJson.Element(Plain).GetProperty("traceID").GetString());
        Assert.Equal("00000000000000ab", JaegerJson.Span(Plain).GetProperty("traceID").GetString());
    }

    [Fact]
    public void Flags_of_zero_are_left_out()
    {
        Assert.False(JaegerJson.Span(Plain).TryGetProperty("flags", out _));
        // Bits 8 and 9 are OTLP's own (parent is remote).
        Assert.False(JaegerJson.Span(Plain with { Flags = 0x300 }).TryGetProperty("flags", out _));
    }

    [Fact]
    public void Integers_beyond_what_JavaScript_holds_are_strings()
    {
        foreach ((long value, string expected) in new[] { ((1L << 53) - 1, "9007199254740991"), (1L << 53, "\"9007199254740992\""), (-(1L << 53), "\"-9007199254740992\"") })
        {
            Span span = Plain with { Attributes = new AttributeList(new KeyValue("n", AttributeValue.From(value))) };
            Assert.Equal(("n", "int64", expected), Assert.Single(JaegerJson.Tags(JaegerJson.Span(span).GetProperty("tags"))));
        }
    }

    [Theory]
    [InlineData("follows_from", "FOLLOWS_FROM")]
    [InlineData("child_of", "CHILD_OF")]
    [InlineData(null, "FOLLOWS_FROM")]
    public void A_link_to_the_parent_gives_the_parent_reference_its_type(string? refType, string expected)
    {
        Span span = Plain with
        {
            ParentSpanId = new SpanId(2),
            Links = new EquatableList<SpanLink>(Link(Plain.TraceId, 2, refType), Link(new TraceId(0, 0xCD), 2, "child_of")),
        };
        JsonElement references = JaegerJson.Span(span).GetProperty("references");
        Assert.Equal(2, references.GetArrayLength());
        Assert.Equal(expected, references[0].GetProperty("refType").GetString());
        Assert.Equal("0000000000000002", references[0].GetProperty("spanID").GetString());
        Assert.Equal("CHILD_OF", references[1].GetProperty("refType").GetString());
        Assert.Equal("00000000000000cd", references[1].GetProperty("traceID").GetString());
    }

    [Fact]
    public void An_event_with_a_field_named_event_does_not_get_another()
    {
        Span span = Plain with
        {
            Events = new EquatableList<SpanEvent>(new SpanEvent(5000, "name") { Attributes = new AttributeList(new KeyValue("event", AttributeValue.From("retry"))) }),
        };
        Assert.Equal([("event", "string", "\"retry\"")], JaegerJson.Tags(JaegerJson.Span(span).GetProperty("logs")[0].GetProperty("fields")));
    }

    [Fact]
    public void A_negative_duration_is_warned_of_after_the_warnings_the_span_came_with()
    {
        Span span = Plain with
        {
            Traits = SpanTraits.NegativeDuration,
            Attributes = new AttributeList(new KeyValue("@jaeger@warnings", AttributeValue.FromArray(AttributeValue.From("first")))),
        };
        JsonElement json = JaegerJson.Span(span);
        Assert.Equal(0, json.GetProperty("tags").GetArrayLength());
        Assert.Equal(2, json.GetProperty("warnings").GetArrayLength());
        Assert.Equal("first", json.GetProperty("warnings")[0].GetString());
        Assert.StartsWith("Negative duration", json.GetProperty("warnings")[1].GetString());
    }

    [Fact]
    public void A_warnings_attribute_of_another_type_is_shown_as_a_tag()
    {
        Span span = Plain with { Attributes = new AttributeList(new KeyValue("@jaeger@warnings", AttributeValue.From("text"))) };
        Assert.Equal(1, JaegerJson.Span(span).GetProperty("tags").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, JaegerJson.Span(span).GetProperty("warnings").ValueKind);
    }

    [Fact]
    public void A_span_without_a_service_is_of_the_unknown_service()
    {
        JsonElement process = JaegerJson.Element(Plain).GetProperty("processes").GetProperty("p1");
        Assert.Equal(AttributeKeys.UnknownService, process.GetProperty("serviceName").GetString());
    }

    [Fact]
    public void Zipkin_endpoints_become_the_tags_Jaeger_gives_them()
    {
        Span span = Plain with
        {
            LocalEndpoint = new Endpoint("web", IPAddress.Parse("192.168.0.7"), IPAddress.Parse("2001:db8::1"), 8080),
            RemoteEndpoint = new Endpoint("stock", IPAddress.Parse("10.0.0.1"), IPAddress.Parse("2001:db8::2"), 443),
            Attributes = new AttributeList(new KeyValue("peer.service", AttributeValue.From("stock-from-tag"))),
        };
        JsonElement trace = JaegerJson.Element(span);
        Assert.Equal(
            [("peer.service", "string", "\"stock-from-tag\""), ("peer.ipv4", "string", "\"10.0.0.1\""), ("peer.ipv6", "string", "\"2001:db8::2\""), ("peer.port", "int64", "443")],
            JaegerJson.Tags(trace.GetProperty("spans")[0].GetProperty("tags")));
        Assert.Equal([("ip", "string", "\"192.168.0.7\"")], JaegerJson.Tags(trace.GetProperty("processes").GetProperty("p1").GetProperty("tags")));
    }

    [Fact]
    public void Processes_are_told_apart_by_their_address()
    {
        Span At(string ip) => Plain with { LocalEndpoint = new Endpoint("web", IPAddress.Parse(ip), null, 0) };
        JsonElement trace = JaegerJson.Element(At("10.0.0.1"), At("10.0.0.2"), At("10.0.0.1"));
        Assert.Equal(["p1", "p2", "p1"], trace.GetProperty("spans").EnumerateArray().Select(span => span.GetProperty("processID").GetString()!));
    }

    private static SpanLink Link(TraceId traceId, ulong spanId, string? refType) => new(traceId, new SpanId(spanId))
    {
        Attributes = refType is null ? AttributeList.None : new AttributeList(new KeyValue(AttributeKeys.OpenTracingRefType, AttributeValue.From(refType))),
    };
}
