using Clew.Formats.Protobuf;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Whole tags (field number and wire type) of api_v2's messages, shared by the decoder's switches and the encoder. Numbers are those of
/// jaeger-idl's <c>model.proto</c>.
/// </summary>
internal static class JaegerProtobufTags
{
    private const uint Message = WireType.LengthDelimited;
    private const uint Text = WireType.LengthDelimited;

    public static class Request
    {
        public const uint Batch = 1 << 3 | Message;
    }

    public static class Batch
    {
        public const uint Spans = 1 << 3 | Message;
        public const uint Process = 2 << 3 | Message;
    }

    public static class Process
    {
        public const uint ServiceName = 1 << 3 | Text;
        public const uint Tags = 2 << 3 | Message;
    }

    public static class Span
    {
        public const uint TraceId = 1 << 3 | Text;
        public const uint SpanId = 2 << 3 | Text;
        public const uint OperationName = 3 << 3 | Text;
        public const uint References = 4 << 3 | Message;
        public const uint Flags = 5 << 3 | WireType.Varint;
        public const uint StartTime = 6 << 3 | Message;
        public const uint Duration = 7 << 3 | Message;
        public const uint Tags = 8 << 3 | Message;
        public const uint Logs = 9 << 3 | Message;
        public const uint Process = 10 << 3 | Message;
        public const uint ProcessId = 11 << 3 | Text;
        public const uint Warnings = 12 << 3 | Text;
    }

    public static class Reference
    {
        public const uint TraceId = 1 << 3 | Text;
        public const uint SpanId = 2 << 3 | Text;
        public const uint Type = 3 << 3 | WireType.Varint;
    }

    public static class Log
    {
        public const uint Timestamp = 1 << 3 | Message;
        public const uint Fields = 2 << 3 | Message;
    }

    public static class KeyValue
    {
        public const uint Key = 1 << 3 | Text;
        public const uint Type = 2 << 3 | WireType.Varint;
        public const uint String = 3 << 3 | Text;
        public const uint Bool = 4 << 3 | WireType.Varint;
        public const uint Int64 = 5 << 3 | WireType.Varint;
        public const uint Float64 = 6 << 3 | WireType.Fixed64;
        public const uint Binary = 7 << 3 | Text;
    }

    public static class Time
    {
        public const uint Seconds = 1 << 3 | WireType.Varint;
        public const uint Nanos = 2 << 3 | WireType.Varint;
    }

    /// <summary>api_v2's <c>ValueType</c>; the order is not Thrift's.</summary>
    public enum ValueType
    {
        String = 0,
        Bool = 1,
        Int64 = 2,
        Float64 = 3,
        Binary = 4,
    }
}
