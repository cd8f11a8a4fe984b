using Clew.Formats.Protobuf;

namespace Clew.Formats.Otlp;

/// <summary>
/// Whole tags (field number and wire type) of OTLP's messages, shared by the decoder's switches and the encoder. Numbers are those of
/// <c>trace.proto</c>, <c>common.proto</c> and <c>resource.proto</c>, opentelemetry-proto 1.x.
/// </summary>
internal static class OtlpTags
{
    private const uint Message = WireType.LengthDelimited;
    private const uint Text = WireType.LengthDelimited;

    public static class Request
    {
        public const uint ResourceSpans = 1 << 3 | Message;
    }

    public static class ResourceSpans
    {
        public const uint Resource = 1 << 3 | Message;
        public const uint ScopeSpans = 2 << 3 | Message;
        public const uint SchemaUrl = 3 << 3 | Text;
    }

    public static class Resource
    {
        public const uint Attributes = 1 << 3 | Message;
        public const uint DroppedAttributesCount = 2 << 3 | WireType.Varint;
    }

    public static class ScopeSpans
    {
        public const uint Scope = 1 << 3 | Message;
        public const uint Spans = 2 << 3 | Message;
        public const uint SchemaUrl = 3 << 3 | Text;
    }

    public static class Scope
    {
        public const uint Name = 1 << 3 | Text;
        public const uint Version = 2 << 3 | Text;
        public const uint Attributes = 3 << 3 | Message;
        public const uint DroppedAttributesCount = 4 << 3 | WireType.Varint;
    }

    public static class Span
    {
        public const uint TraceId = 1 << 3 | Text;
        public const uint SpanId = 2 << 3 | Text;
        public const uint TraceState = 3 << 3 | Text;
        public const uint ParentSpanId = 4 << 3 | Text;
        public const uint Name = 5 << 3 | Text;
        public const uint Kind = 6 << 3 | WireType.Varint;
        public const uint StartTimeUnixNano = 7 << 3 | WireType.Fixed64;
        public const uint EndTimeUnixNano = 8 << 3 | WireType.Fixed64;
        public const uint Attributes = 9 << 3 | Message;
        public const uint DroppedAttributesCount = 10 << 3 | WireType.Varint;
        public const uint Events = 11 << 3 | Message;
        public const uint DroppedEventsCount = 12 << 3 | WireType.Varint;
        public const uint Links = 13 << 3 | Message;
        public const uint DroppedLinksCount = 14 << 3 | WireType.Varint;
        public const uint Status = 15 << 3 | Message;
        public const uint Flags = 16 << 3 | WireType.Fixed32;
    }

    public static class Event
    {
        public const uint TimeUnixNano = 1 << 3 | WireType.Fixed64;
        public const uint Name = 2 << 3 | Text;
        public const uint Attributes = 3 << 3 | Message;
        public const uint DroppedAttributesCount = 4 << 3 | WireType.Varint;
    }

    public static class Link
    {
        public const uint TraceId = 1 << 3 | Text;
        public const uint SpanId = 2 << 3 | Text;
        public const uint TraceState = 3 << 3 | Text;
        public const uint Attributes = 4 << 3 | Message;
        public const uint DroppedAttributesCount = 5 << 3 | WireType.Varint;
        public const uint Flags = 6 << 3 | WireType.Fixed32;
    }

    public static class Status
    {
        public const uint Message = 2 << 3 | Text;
        public const uint Code = 3 << 3 | WireType.Varint;
    }

    public static class KeyValue
    {
        public const uint Key = 1 << 3 | Text;
        public const uint Value = 2 << 3 | Message;
    }

    public static class AnyValue
    {
        public const uint String = 1 << 3 | Text;
        public const uint Bool = 2 << 3 | WireType.Varint;
        public const uint Int = 3 << 3 | WireType.Varint;
        public const uint Double = 4 << 3 | WireType.Fixed64;
        public const uint Array = 5 << 3 | Message;
        public const uint KeyValueList = 6 << 3 | Message;
        public const uint Bytes = 7 << 3 | Text;
    }

    /// <summary>The one field of both ArrayValue and KeyValueList.</summary>
    public const uint ListValues = 1 << 3 | Message;
}
