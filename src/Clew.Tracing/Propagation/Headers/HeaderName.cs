namespace Clew.Tracing.Propagation;

/// <summary>
/// A header's name as it is asked for and written. Servers look names up regardless of case; carriers of messages often do not, so a name that is customarily
/// written with capitals is asked for in both spellings.
/// </summary>
internal readonly record struct HeaderName(string Written, string? Lower = null)
{
    public static readonly HeaderName TraceParent = new("traceparent");
    public static readonly HeaderName TraceState = new("tracestate");
    public static readonly HeaderName Baggage = new("baggage");
    public static readonly HeaderName B3 = new("b3");
    public static readonly HeaderName B3TraceId = new("X-B3-TraceId", "x-b3-traceid");
    public static readonly HeaderName B3SpanId = new("X-B3-SpanId", "x-b3-spanid");
    public static readonly HeaderName B3ParentSpanId = new("X-B3-ParentSpanId", "x-b3-parentspanid");
    public static readonly HeaderName B3Sampled = new("X-B3-Sampled", "x-b3-sampled");
    public static readonly HeaderName B3Flags = new("X-B3-Flags", "x-b3-flags");
    public static readonly HeaderName Jaeger = new("uber-trace-id");
    public static readonly HeaderName JaegerDebugId = new("jaeger-debug-id");
    public static readonly HeaderName JaegerBaggage = new("jaeger-baggage");
    public static readonly HeaderName XRay = new("X-Amzn-Trace-Id", "x-amzn-trace-id");

    /// <summary>The headers of a format whose names are fixed.</summary>
    public static HeaderName[] Of(PropagationFormat format) => format switch
    {
        PropagationFormat.TraceContext => [TraceParent, TraceState],
        PropagationFormat.Baggage => [Baggage],
        PropagationFormat.B3 or PropagationFormat.B3Multi => [B3, B3TraceId, B3SpanId, B3ParentSpanId, B3Sampled, B3Flags],
        PropagationFormat.Jaeger => [Jaeger, JaegerDebugId, JaegerBaggage],
        _ => [XRay],
    };
}
