using System.Buffers;
using Clew.Formats.Native;
using Clew.Formats.Tests.Otlp;
using Clew.Model;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Native;

public sealed class ClewSpansTests
{
    private readonly SpanBatchBuilder builder = new();

    [Fact]
    public void Everything_a_span_can_carry_comes_back() => Properties.ForAll(SpanGen.ZipkinLikeSpan.ListUpTo(6), spans =>
        Assert.Equal(spans, SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.ClewSpans, Encode(spans), builder))));

    [Fact]
    public void Numbers_at_their_ends_come_back()
    {
        Span span = Ordinary with
        {
            StartNs = long.MinValue,
            DurationNs = long.MaxValue,
            Flags = uint.MaxValue,
            DroppedAttributesCount = uint.MaxValue,
            DroppedEventsCount = uint.MaxValue,
            DroppedLinksCount = uint.MaxValue,
            Traits = SpanTraits.Shared | SpanTraits.Debug | SpanTraits.Firehose | SpanTraits.NegativeDuration | SpanTraits.Truncated,
            Events = new EquatableList<SpanEvent>(new SpanEvent(long.MinValue, "e") { DroppedAttributesCount = uint.MaxValue }),
        };
        Assert.Equal([span], SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.ClewSpans, Encode([span]), builder)));
    }

    [Fact]
    public void Broken_payloads_are_refused_or_read_but_never_break_the_decoder()
    {
        List<Span> ordinary = OtlpBatches.Ordinary(10);
        var endpoint = new Endpoint("web", System.Net.IPAddress.Loopback, System.Net.IPAddress.IPv6Loopback, 80);
        byte[][] valid = [Encode([Ordinary]), Encode(ordinary), Encode(ordinary.Select(span => span with { LocalEndpoint = endpoint, Traits = SpanTraits.Shared }))];
        var limited = new SpanBatchBuilder(new SpanBatchLimits { SpansMax = 200, SpanAttributesMax = 2000, OtherAttributesMax = 1000, ElementsMax = 500, EventsMax = 200, LinksMax = 200, ResourcesMax = 50 });
        DecoderFuzzer.Run(payload => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.ClewSpans, payload, limited)), valid, cases: 1000);
    }

    [Fact]
    public void A_payload_that_ends_early_is_refused_wherever_it_ends()
    {
        byte[] payload = Encode([Ordinary]);
        for (int length = 0; length < payload.Length; length++)
            Assert.Throws<SpanFormatException>(() => SpanDecoder.Decode(BatchFormat.ClewSpans, payload.AsMemory(0, length), builder));
    }

    [Fact]
    public void A_later_version_is_refused_by_its_number()
    {
        byte[] payload = Encode([Ordinary]);
        payload[4] = 2;
        SpanFormatException refused = Assert.Throws<SpanFormatException>(() => SpanDecoder.Decode(BatchFormat.ClewSpans, payload, builder));
        Assert.Contains("version 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_nested_beyond_the_limit_are_refused()
    {
        AttributeValue value = AttributeValue.From(1L);
        for (int depth = 0; depth <= SpanBatchLimits.Default.DepthMax; depth++)
            value = AttributeValue.FromArray(value);
        byte[] payload = Encode([Ordinary with { Attributes = new AttributeList(new KeyValue("deep", value)) }]);
        Assert.Throws<SpanLimitException>(() => SpanDecoder.Decode(BatchFormat.ClewSpans, payload, builder));
    }

    private static Span Ordinary => new()
    {
        TraceId = new TraceId(1, 2),
        SpanId = new SpanId(3),
        Name = "GET /",
        StartNs = SpanGen.BaseNs,
        Resource = new Resource(new AttributeList(new KeyValue("service.name", AttributeValue.From("web")))),
        Attributes = new AttributeList(new KeyValue("list", AttributeValue.FromArray(AttributeValue.From(0.5), AttributeValue.From(true)))),
    };

    private static byte[] Encode(IEnumerable<Span> spans)
    {
        var output = new ArrayBufferWriter<byte>();
        ClewSpansEncoder.Write(output, SpanWriter.WriteAll(spans, new SpanBatchBuilder()));
        return output.WrittenSpan.ToArray();
    }
}
