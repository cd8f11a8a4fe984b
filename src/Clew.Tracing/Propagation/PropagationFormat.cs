namespace Clew.Tracing.Propagation;

/// <summary>The formats of headers that carry a context; the names of OTEL_PROPAGATORS in brackets.</summary>
public enum PropagationFormat
{
    /// <summary><c>traceparent</c> and <c>tracestate</c> [tracecontext].</summary>
    TraceContext,

    /// <summary>W3C <c>baggage</c> [baggage].</summary>
    Baggage,

    /// <summary><c>b3</c> [b3]. Extraction falls back to the <c>X-B3-</c> headers.</summary>
    B3,

    /// <summary><c>X-B3-TraceId</c> and its siblings [b3multi]. In extraction the same as <see cref="B3"/>: the single header wins.</summary>
    B3Multi,

    /// <summary><c>uber-trace-id</c> with baggage in <c>uberctx-</c> headers, <c>jaeger-debug-id</c> and <c>jaeger-baggage</c> [jaeger].</summary>
    Jaeger,

    /// <summary><c>X-Amzn-Trace-Id</c> [xray]; only extracted, in a list of formats to inject it does nothing.</summary>
    XRay,
}
