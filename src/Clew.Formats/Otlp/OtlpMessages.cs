using Clew.Formats.Protobuf;

namespace Clew.Formats.Otlp;

/// <summary>Names of OTLP's messages and fields as the <c>.proto</c> files of opentelemetry-proto 1.x give them.</summary>
internal static class OtlpMessages
{
    public static readonly ProtobufMessage Request = new("ExportTraceServiceRequest", (1, "resource_spans"));

    public static readonly ProtobufMessage ResourceSpans = new("ResourceSpans", (1, "resource"), (2, "scope_spans"), (3, "schema_url"));

    public static readonly ProtobufMessage Resource = new("Resource", (1, "attributes"), (2, "dropped_attributes_count"));

    public static readonly ProtobufMessage ScopeSpans = new("ScopeSpans", (1, "scope"), (2, "spans"), (3, "schema_url"));

    public static readonly ProtobufMessage Scope = new(
        "InstrumentationScope", (1, "name"), (2, "version"), (3, "attributes"), (4, "dropped_attributes_count"));

    public static readonly ProtobufMessage Span = new(
        "Span",
        (1, "trace_id"),
        (2, "span_id"),
        (3, "trace_state"),
        (4, "parent_span_id"),
        (5, "name"),
        (6, "kind"),
        (7, "start_time_unix_nano"),
        (8, "end_time_unix_nano"),
        (9, "attributes"),
        (10, "dropped_attributes_count"),
        (11, "events"),
        (12, "dropped_events_count"),
        (13, "links"),
        (14, "dropped_links_count"),
        (15, "status"),
        (16, "flags"));

    public static readonly ProtobufMessage Event = new(
        "Event", (1, "time_unix_nano"), (2, "name"), (3, "attributes"), (4, "dropped_attributes_count"));

    public static readonly ProtobufMessage Link = new(
        "Link", (1, "trace_id"), (2, "span_id"), (3, "trace_state"), (4, "attributes"), (5, "dropped_attributes_count"), (6, "flags"));

    public static readonly ProtobufMessage Status = new("Status", (2, "message"), (3, "code"));

    public static readonly ProtobufMessage KeyValue = new("KeyValue", (1, "key"), (2, "value"));

    public static readonly ProtobufMessage AnyValue = new(
        "AnyValue",
        (1, "string_value"),
        (2, "bool_value"),
        (3, "int_value"),
        (4, "double_value"),
        (5, "array_value"),
        (6, "kvlist_value"),
        (7, "bytes_value"));

    public static readonly ProtobufMessage ArrayValue = new("ArrayValue", (1, "values"));

    public static readonly ProtobufMessage KeyValueList = new("KeyValueList", (1, "values"));
}
