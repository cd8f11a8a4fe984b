using System.Buffers;
using System.Text.Json.Nodes;
using Clew.Formats.Jaeger;
using Clew.Formats.Tests.Protobuf;
using Clew.Model;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerProtobufRoundTripTests
{
    private readonly SpanBatchBuilder builder = new();

    [Fact]
    public void What_came_in_leaves_and_comes_in_again_the_same() => Properties.ForAll(JaegerGen.Plain, batch =>
    {
        Span[] sent = Decode(JaegerProtobufTestEncoder.Encode(batch));
        Span[] again = Decode(Request(sent));
        Assert.Equal(sent.Length, again.Length);
        foreach ((Span before, Span after) in sent.Zip(again))
            AssertSame(before, after);
    });

    [Fact]
    public void A_span_of_any_origin_shows_the_same_json_after_its_way_through_protobuf() => Properties.ForAll(
        Gen.OneOf(SpanGen.OtlpSpan, SpanGen.ZipkinLikeSpan).Where(HasNoSpecialAttributes), span =>
        {
            Span again = Assert.Single(Decode(Request([span])));
            Assert.Equal((span.StartNs, span.DurationNs), (again.StartNs, again.DurationNs));
            Assert.Equal(span.Events.Select(item => item.TimeNs), again.Events.Select(item => item.TimeNs));
            Assert.Equal(Shown(span), Shown(again));
        });

    // Those become fields when they come in as tags, and then leave in another place.
    private static bool HasNoSpecialAttributes(Span span) => !span.Attributes.Any(attribute => JaegerGen.SpecialKeys.Contains(attribute.Key));

    // References as a set: which of several is the parent is found anew.
    private static string Shown(Span span)
    {
        JsonNode trace = JsonNode.Parse(JaegerJson.Element(span).GetRawText())!;
        JsonObject json = trace["spans"]![0]!.AsObject();
        string[] references = [.. json["references"]!.AsArray().Select(reference => reference!.ToJsonString()).Distinct().Order(StringComparer.Ordinal)];
        json["references"] = string.Join('\n', references);
        return trace.ToJsonString();
    }

    private static void AssertSame(Span before, Span after)
    {
        Assert.Equal(Reduced(before), Reduced(after));
        // Processes sort their tags; Jaeger's tags are a set.
        Assert.Equal(before.ServiceName, after.ServiceName);
        Assert.Equal(Texts(before.Resource.Attributes.Where(IsTag)), Texts(after.Resource.Attributes.Where(IsTag)));
        Assert.Equal(Texts(before.Attributes).Distinct(), Texts(after.Attributes).Distinct());
        Assert.Equal(References(before), References(after));
        Assert.Equal(before.Events.Select(item => (item.TimeNs, item.Name)), after.Events.Select(item => (item.TimeNs, item.Name)));
        foreach ((SpanEvent one, SpanEvent other) in before.Events.Zip(after.Events))
            Assert.Equal(Texts(one.Attributes), Texts(other.Attributes));
    }

    // As a set: which of several references is the parent is found anew. One that is both is shown as FOLLOWS_FROM once it is the parent.
    private static HashSet<JaegerReference> References(Span span)
    {
        HashSet<JaegerReference> references = [.. new JaegerReferences().Collect(span)];
        references.RemoveWhere(reference => !reference.FollowsFrom && references.Contains(reference with { FollowsFrom = true }));
        return references;
    }

    private static Span Reduced(Span span) => span with
    {
        ParentSpanId = default,
        Resource = Resource.None,
        Attributes = AttributeList.None,
        Links = EquatableList<SpanLink>.None,
        Events = EquatableList<SpanEvent>.None,
    };

    private static bool IsTag(KeyValue attribute) => attribute.Key != AttributeKeys.ServiceName;

    private static IEnumerable<string> Texts(IEnumerable<KeyValue> attributes) =>
        attributes.Select(attribute => $"{attribute.Key}|{attribute.Value.Type}|{attribute.Value}").Order(StringComparer.Ordinal);

    private static byte[] Request(Span[] spans)
    {
        using var encoder = new JaegerProtobufEncoder();
        var batch = new ArrayBufferWriter<byte>();
        encoder.Write(batch, spans);
        return WireBytes.Field(1, batch.WrittenSpan.ToArray());
    }

    private Span[] Decode(byte[] request) => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.JaegerProtobufRequest, request, builder));
}
