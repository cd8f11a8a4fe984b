using Clew.Formats.Protobuf;

namespace Clew.Formats.Zipkin;

/// <summary>Messages and tags (field number and wire type) of <c>zipkin.proto</c>, package <c>zipkin.proto3</c> (zipkin-api 1.0).</summary>
internal static class ZipkinProto3Schema
{
    public static readonly ProtobufMessage ListOfSpans = new("ListOfSpans", (1, "spans"));

    public static readonly ProtobufMessage Span = new(
        "Span",
        (1, "trace_id"),
        (2, "parent_id"),
        (3, "id"),
        (4, "kind"),
        (5, "name"),
        (6, "timestamp"),
        (7, "duration"),
        (8, "local_endpoint"),
        (9, "remote_endpoint"),
        (10, "annotations"),
        (11, "tags"),
        (12, "debug"),
        (13, "shared"));

    public static readonly ProtobufMessage Endpoint = new("Endpoint", (1, "service_name"), (2, "ipv4"), (3, "ipv6"), (4, "port"));

    public static readonly ProtobufMessage Annotation = new("Annotation", (1, "timestamp"), (2, "value"));

    public static readonly ProtobufMessage TagEntry = new("Span.tags", (1, "key"), (2, "value"));

    public static class Tags
    {
        public const uint Spans = (1 << 3) | WireType.LengthDelimited;
        public const uint TraceId = (1 << 3) | WireType.LengthDelimited;
        public const uint ParentId = (2 << 3) | WireType.LengthDelimited;
        public const uint Id = (3 << 3) | WireType.LengthDelimited;
        public const uint Kind = (4 << 3) | WireType.Varint;
        public const uint Name = (5 << 3) | WireType.LengthDelimited;
        public const uint Timestamp = (6 << 3) | WireType.Fixed64;
        public const uint Duration = (7 << 3) | WireType.Varint;
        public const uint LocalEndpoint = (8 << 3) | WireType.LengthDelimited;
        public const uint RemoteEndpoint = (9 << 3) | WireType.LengthDelimited;
        public const uint Annotations = (10 << 3) | WireType.LengthDelimited;
        public const uint TagEntries = (11 << 3) | WireType.LengthDelimited;
        public const uint Debug = (12 << 3) | WireType.Varint;
        public const uint Shared = (13 << 3) | WireType.Varint;

        public const uint EndpointServiceName = (1 << 3) | WireType.LengthDelimited;
        public const uint EndpointIpv4 = (2 << 3) | WireType.LengthDelimited;
        public const uint EndpointIpv6 = (3 << 3) | WireType.LengthDelimited;
        public const uint EndpointPort = (4 << 3) | WireType.Varint;

        public const uint AnnotationTimestamp = (1 << 3) | WireType.Fixed64;
        public const uint AnnotationValue = (2 << 3) | WireType.LengthDelimited;

        public const uint EntryKey = (1 << 3) | WireType.LengthDelimited;
        public const uint EntryValue = (2 << 3) | WireType.LengthDelimited;
    }
}
