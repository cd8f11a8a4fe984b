using System.Text.Json;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Formats.Tests.Otlp;

public sealed class OtlpRoundTripTests
{
    private readonly SpanBatchBuilder builder = new();

    [Fact]
    public void Protobuf_keeps_every_field() => Properties.ForAll(SpanGen.OtlpSpan.ListUpTo(5), spans =>
        Assert.Equal(InGroups(spans), Decode(BatchFormat.OtlpProtobuf, OtlpPayloads.Protobuf(spans))));

    [Fact]
    public void Json_keeps_every_field() => Properties.ForAll(SpanGen.OtlpSpan.ListUpTo(5), spans =>
        Assert.Equal(InGroups(spans), Decode(BatchFormat.OtlpJson, OtlpPayloads.Json(spans))));

    [Fact]
    public void Spans_that_went_through_protobuf_go_through_json_unchanged() => Properties.ForAll(SpanGen.OtlpSpan.ListUpTo(5), spans =>
    {
        Span[] throughProtobuf = Decode(BatchFormat.OtlpProtobuf, OtlpPayloads.Protobuf(spans));
        Assert.Equal(throughProtobuf, Decode(BatchFormat.OtlpJson, OtlpPayloads.Json(throughProtobuf)));
    });

    [Fact]
    public void Equal_resources_and_scopes_are_written_once_and_spans_of_a_scope_keep_their_order()
    {
        Span a = Of("a", "web"), b = Of("b", "cart"), c = Of("c", "web");
        using JsonDocument json = JsonDocument.Parse(OtlpPayloads.Json([a, b, c]));
        JsonElement resourceSpans = json.RootElement.GetProperty("resourceSpans");
        Assert.Equal(2, resourceSpans.GetArrayLength());
        Assert.Equal(1, resourceSpans[0].GetProperty("scopeSpans").GetArrayLength());
        Assert.Equal(["a", "c", "b"], Decode(BatchFormat.OtlpJson, OtlpPayloads.Json([a, b, c])).Select(span => span.Name));
        Assert.Equal(["a", "c", "b"], Decode(BatchFormat.OtlpProtobuf, OtlpPayloads.Protobuf([a, b, c])).Select(span => span.Name));
    }

    [Theory]
    [InlineData(BatchFormat.OtlpProtobuf)]
    [InlineData(BatchFormat.OtlpJson)]
    public void A_remote_endpoint_becomes_the_attributes_the_span_does_not_have(BatchFormat format)
    {
        Span span = Of("call", "web") with
        {
            RemoteEndpoint = new Endpoint("cart", System.Net.IPAddress.Parse("192.0.2.7"), null, 8080),
            Attributes = new AttributeList(new KeyValue("peer.service", AttributeValue.From("basket"))),
        };
        Span read = Assert.Single(Decode(format, format == BatchFormat.OtlpJson ? OtlpPayloads.Json([span]) : OtlpPayloads.Protobuf([span])));
        Assert.Equal(
            [
                new KeyValue("peer.service", AttributeValue.From("basket")),
                new KeyValue("network.peer.address", AttributeValue.From("192.0.2.7")),
                new KeyValue("network.peer.port", AttributeValue.From(8080L)),
            ],
            read.Attributes);
    }

    private static Span Of(string name, string service) => new()
    {
        TraceId = new TraceId(1, 2),
        SpanId = new SpanId(3),
        Name = name,
        Resource = new Resource(new AttributeList(new KeyValue("service.name", AttributeValue.From(service)))),
    };

    // Encoders put the spans of one resource and scope together, in order of first appearance.
    private static IEnumerable<Span> InGroups(IEnumerable<Span> spans) =>
        spans.GroupBy(span => span.Resource).SelectMany(group => group.GroupBy(span => span.Scope)).SelectMany(group => group);

    private Span[] Decode(BatchFormat format, byte[] payload) => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder));
}
