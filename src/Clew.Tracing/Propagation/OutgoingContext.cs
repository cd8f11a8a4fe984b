using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>A context to be written, as the digits that an activity keeps: headers are made of them without a detour over numbers.</summary>
internal readonly ref struct OutgoingContext(string traceId, string spanId, string? parentSpanId, SamplingState sampling)
{
    /// <summary>16 digits.</summary>
    public string SpanId => spanId;

    /// <summary>16 digits, or null where it is not known.</summary>
    public string? ParentSpanId => parentSpanId;

    public SamplingState Sampling => sampling;

    /// <summary>16 digits for a 64-bit trace id, otherwise 32: what B3 and Jaeger clients of either width expect to get back.</summary>
    public string TraceIdOfOwnWidth => traceId.StartsWith(Hex.ZeroHigh, StringComparison.Ordinal) ? traceId[Hex.ZeroHigh.Length..] : traceId;

    public static OutgoingContext From(in PropagatedSpan span) => new(
        Hex.Text(span.TraceIdHigh, span.TraceIdLow), Hex.Text(span.SpanId), span.ParentSpanId == 0 ? null : Hex.Text(span.ParentSpanId), span.Sampling);

    public static OutgoingContext From(in ActivityContext context, ActivitySpanId parent, string? traceState) => new(
        context.TraceId.ToHexString(),
        context.SpanId.ToHexString(),
        parent == default ? null : parent.ToHexString(),
        PropagatedSpan.SamplingOf(context.TraceFlags, traceState));
}
