using Clew.Formats.Tests.Protobuf;
using Clew.Model;

namespace Clew.Formats.Tests.Jaeger;

/// <summary>Writes the test model as api_v2's <c>PostSpansRequest</c>, independently of the product's writer.</summary>
internal static class JaegerProtobufTestEncoder
{
    /// <param name="batch">What to send. A span's parent becomes a CHILD_OF reference, which is all the protobuf has for it.</param>
    /// <param name="processPerSpan">Every span carries the process instead of the batch.</param>
    public static byte[] Encode(TestBatch batch, bool processPerSpan = false)
    {
        byte[] process = Process(batch.Process);
        byte[][] spans = [.. batch.Spans.Select(span => WireBytes.Field(1, Span(span, processPerSpan ? process : null)))];
        return WireBytes.Field(1, [.. spans, processPerSpan ? [] : WireBytes.Field(2, process)]);
    }

    public static byte[] Span(TestSpan span, byte[]? process = null) =>
    [
        .. WireBytes.Field(1, TraceId(span.TraceId)),
        .. WireBytes.Field(2, SpanId(span.SpanId)),
        .. WireBytes.Field(3, span.Name),
        .. AllReferences(span).SelectMany(Reference),
        .. WireBytes.VarintField(5, (ulong)span.Flags),
        .. WireBytes.Field(6, Time(span.StartUs)),
        .. WireBytes.Field(7, Time(span.DurationUs)),
        .. span.Tags.SelectMany(tag => WireBytes.Field(8, KeyValue(tag))),
        .. span.Logs.SelectMany(log => WireBytes.Field(9, WireBytes.Field(1, Time(log.TimeUs)), [.. log.Fields.SelectMany(field => WireBytes.Field(2, KeyValue(field)))])),
        .. process is null ? [] : WireBytes.Field(10, process),
        .. span.Warnings.SelectMany(warning => WireBytes.Field(12, warning)),
    ];

    public static byte[] Process(TestProcess process) =>
        [.. WireBytes.Field(1, process.ServiceName), .. process.Tags.SelectMany(tag => WireBytes.Field(2, KeyValue(tag)))];

    public static byte[] KeyValue(KeyValue tag)
    {
        AttributeValue value = tag.Value;
        byte[] typed = value.Type switch
        {
            AttributeType.String => WireBytes.Field(3, value.AsString()),
            AttributeType.Bool => [.. WireBytes.VarintField(2, 1), .. WireBytes.VarintField(4, value.AsBool() ? 1UL : 0)],
            AttributeType.Int64 => [.. WireBytes.VarintField(2, 2), .. WireBytes.VarintField(5, (ulong)value.AsInt64())],
            AttributeType.Double => [.. WireBytes.VarintField(2, 3), .. WireBytes.Fixed64Field(6, BitConverter.DoubleToUInt64Bits(value.AsDouble()))],
            _ => [.. WireBytes.VarintField(2, 4), .. WireBytes.Field(7, value.AsBytes().ToArray())],
        };
        return [.. WireBytes.Field(1, tag.Key), .. typed];
    }

    public static byte[] TraceId(TraceId id)
    {
        byte[] bytes = new byte[16];
        id.WriteBytes(bytes);
        return bytes;
    }

    public static byte[] SpanId(SpanId id)
    {
        byte[] bytes = new byte[8];
        id.WriteBytes(bytes);
        return bytes;
    }

    private static List<TestReference> AllReferences(TestSpan span) =>
        span.ParentSpanId.IsZero ? span.References : [new TestReference(false, span.TraceId, span.ParentSpanId), .. span.References];

    private static byte[] Reference(TestReference reference) => WireBytes.Field(
        4, WireBytes.Field(1, TraceId(reference.TraceId)), WireBytes.Field(2, SpanId(reference.SpanId)), WireBytes.VarintField(3, reference.FollowsFrom ? 1UL : 0));

    // Seconds and nanoseconds; of a negative duration both are negative.
    private static byte[] Time(long us) =>
        [.. WireBytes.VarintField(1, (ulong)(us / 1_000_000)), .. WireBytes.VarintField(2, (ulong)(us % 1_000_000 * 1000))];
}
