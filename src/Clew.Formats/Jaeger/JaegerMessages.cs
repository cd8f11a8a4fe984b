using Clew.Formats.Protobuf;

namespace Clew.Formats.Jaeger;

/// <summary>Names of api_v2's messages and fields as <c>model.proto</c> and <c>collector.proto</c> of jaeger-idl give them.</summary>
internal static class JaegerMessages
{
    public static readonly ProtobufMessage Request = new("PostSpansRequest", (1, "batch"));

    public static readonly ProtobufMessage Batch = new("Batch", (1, "spans"), (2, "process"));

    public static readonly ProtobufMessage Process = new("Process", (1, "service_name"), (2, "tags"));

    public static readonly ProtobufMessage Span = new(
        "Span",
        (1, "trace_id"),
        (2, "span_id"),
        (3, "operation_name"),
        (4, "references"),
        (5, "flags"),
        (6, "start_time"),
        (7, "duration"),
        (8, "tags"),
        (9, "logs"),
        (10, "process"),
        (11, "process_id"),
        (12, "warnings"));

    public static readonly ProtobufMessage Reference = new("SpanRef", (1, "trace_id"), (2, "span_id"), (3, "ref_type"));

    public static readonly ProtobufMessage Log = new("Log", (1, "timestamp"), (2, "fields"));

    public static readonly ProtobufMessage KeyValue = new(
        "KeyValue", (1, "key"), (2, "v_type"), (3, "v_str"), (4, "v_bool"), (5, "v_int64"), (6, "v_float64"), (7, "v_binary"));

    /// <summary><c>google.protobuf.Timestamp</c> and <c>Duration</c>, which are laid out alike.</summary>
    public static readonly ProtobufMessage Time = new("time", (1, "seconds"), (2, "nanos"));
}
