using System.Buffers;
using Clew.Formats.Native;
using Clew.Model;
using Clew.TestKit;

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
        Span span = Rich with
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
    public void A_payload_that_ends_early_is_refused_wherever_it_ends()
    {
        byte[] payload = Encode([Rich]);
        for (int length = 0; length < payload.Length; length++)
            Assert.Throws<SpanFormatException>(() => SpanDecoder.Decode(BatchFormat.ClewSpans, payload.AsMemory(0, length), builder));
    }

    [Fact]
    public void A_later_version_is_refused_by_its_number()
    {
        byte[] payload = Encode([Rich]);
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
        byte[] payload = Encode([Rich with { Attributes = new AttributeList(new KeyValue("deep", value)) }]);
        Assert.Throws<SpanLimitException>(() => SpanDecoder.Decode(BatchFormat.ClewSpans, payload, builder));
    }

    /// <summary>Has something in every field.</summary>
    internal static Span Rich => new()
    {
        TraceId = new TraceId(1, 2),
        SpanId = new SpanId(3),
        ParentSpanId = new SpanId(4),
        Name = "GET /",
        Kind = SpanKind.Server,
        StartNs = SpanGen.BaseNs,
        DurationNs = 5_000,
        Status = StatusCode.Error,
        StatusMessage = "failed",
        TraceState = "a=b",
        Flags = 257,
        Traits = SpanTraits.Shared,
        Resource = new Resource(new AttributeList(new KeyValue("service.name", AttributeValue.From("web")))) { SchemaUrl = "https://schema.example/1" },
        Scope = new Scope("library", "1.2") { Attributes = new AttributeList(new KeyValue("a", AttributeValue.From(7L))) },
        LocalEndpoint = new Endpoint("web", System.Net.IPAddress.Loopback, System.Net.IPAddress.IPv6Loopback, 80),
        RemoteEndpoint = new Endpoint(null, null, null, 9411),
        Attributes = new AttributeList(
            new KeyValue("list", AttributeValue.FromArray(AttributeValue.From(0.5), AttributeValue.From(true))),
            new KeyValue("map", AttributeValue.FromKeyValues(new AttributeList(new KeyValue("bytes", AttributeValue.From(new byte[] { 1, 2, 3 })), new KeyValue("none", AttributeValue.Empty))))),
        Events = new EquatableList<SpanEvent>(new SpanEvent(SpanGen.BaseNs + 1, "cache miss") { Attributes = new AttributeList(new KeyValue("key", AttributeValue.From("x"))) }),
        Links = new EquatableList<SpanLink>(new SpanLink(new TraceId(5, 6), new SpanId(7)) { TraceState = "c=d", Flags = 1, Attributes = new AttributeList(new KeyValue("why", AttributeValue.From("retry"))) }),
        DroppedEventsCount = 1,
    };

    internal static byte[] Encode(IEnumerable<Span> spans)
    {
        var output = new ArrayBufferWriter<byte>();
        ClewSpansEncoder.Write(output, SpanWriter.WriteAll(spans, new SpanBatchBuilder()));
        return output.WrittenSpan.ToArray();
    }
}
