using Clew.Formats.Protobuf;

namespace Clew.Formats.Jaeger;

/// <summary>Names of the requests of both query services; where api_v2 and api_v3 name a field differently, api_v3's name stands.</summary>
internal static class JaegerQueryMessages
{
    public static readonly ProtobufMessage GetTrace = new("GetTraceRequest", (1, "trace_id"), (2, "start_time"), (3, "end_time"), (4, "raw_traces"));

    public static readonly ProtobufMessage FindTraces = new("FindTracesRequest", (1, "query"));

    public static readonly ProtobufMessage Query = new(
        "TraceQueryParameters",
        (1, "service_name"),
        (2, "operation_name"),
        (3, "attributes"),
        (4, "start_time_min"),
        (5, "start_time_max"),
        (6, "duration_min"),
        (7, "duration_max"),
        (8, "search_depth"),
        (9, "raw_traces"),
        (10, "filter"));

    public static readonly ProtobufMessage AttributesEntry = new("AttributesEntry", (1, "key"), (2, "value"));

    public static readonly ProtobufMessage GetOperations = new("GetOperationsRequest", (1, "service"), (2, "span_kind"));

    public static readonly ProtobufMessage GetDependencies = new("GetDependenciesRequest", (1, "start_time"), (2, "end_time"));
}
