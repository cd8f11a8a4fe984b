using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Reads what a receiver answers to an export (OTLP specification 1.x, "Partial Success" and "Failures"), for those who send.</summary>
public static class OtlpAnswers
{
    private const int DepthMax = 16;
    private const uint NestedInField1 = 1 << 3 | WireType.LengthDelimited;
    private const uint NestedInField2 = 2 << 3 | WireType.LengthDelimited;
    private const uint NestedInField3 = 3 << 3 | WireType.LengthDelimited;
    private const uint VarintInField1 = 1 << 3 | WireType.Varint;
    private const uint VarintInField2 = 2 << 3 | WireType.Varint;

    // They name no fields: whatever is not looked for is stepped over.
    private static readonly ProtobufMessage Response = new("ExportTraceServiceResponse");
    private static readonly ProtobufMessage PartialSuccess = new("ExportTracePartialSuccess");
    private static readonly ProtobufMessage Status = new("google.rpc.Status");
    private static readonly ProtobufMessage Any = new("google.protobuf.Any");
    private static readonly ProtobufMessage RetryInfo = new("google.rpc.RetryInfo");
    private static readonly ProtobufMessage Duration = new("google.protobuf.Duration");

    /// <summary><c>partial_success.rejected_spans</c> of an <c>ExportTraceServiceResponse</c>; 0 when all were taken.</summary>
    /// <exception cref="SpanFormatException">Not well-formed.</exception>
    public static long RejectedSpans(ReadOnlySpan<byte> response) => (long)Number(Nested(response, Response, NestedInField1), PartialSuccess, VarintInField1);

    /// <summary>The delay of the <c>RetryInfo</c> among the details of a <c>google.rpc.Status</c>; null when there is none.</summary>
    /// <exception cref="SpanFormatException">Not well-formed.</exception>
    public static TimeSpan? RetryDelay(ReadOnlySpan<byte> status)
    {
        var reader = new ProtobufReader(status, DepthMax);
        uint tag;
        while ((tag = reader.ReadTag(Status)) != 0)
        {
            if (tag != NestedInField3)
            {
                reader.SkipUnknown(Status);
                continue;
            }
            ReadOnlySpan<byte> detail = reader.ReadBytes(Status);
            if (!Nested(detail, Any, NestedInField1).EndsWith("/google.rpc.RetryInfo"u8))
                continue;
            ReadOnlySpan<byte> delay = Nested(Nested(detail, Any, NestedInField2), RetryInfo, NestedInField1);
            double seconds = Number(delay, Duration, VarintInField1) + Number(delay, Duration, VarintInField2) / 1e9;
            return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        }
        return null;
    }

    private static ReadOnlySpan<byte> Nested(ReadOnlySpan<byte> bytes, ProtobufMessage message, uint wanted)
    {
        var reader = new ProtobufReader(bytes, DepthMax);
        uint tag;
        while ((tag = reader.ReadTag(message)) != 0)
        {
            if (tag == wanted)
                return reader.ReadBytes(message);
            reader.SkipUnknown(message);
        }
        return default;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ProtobufMessage message, uint wanted)
    {
        var reader = new ProtobufReader(bytes, DepthMax);
        uint tag;
        while ((tag = reader.ReadTag(message)) != 0)
        {
            if (tag == wanted)
                return reader.ReadVarint(message);
            reader.SkipUnknown(message);
        }
        return 0;
    }
}
