using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>A context to be written, as the digits that an activity keeps: headers are made of them without a detour over numbers.</summary>
/// <param name="TraceId">32 digits.</param>
/// <param name="SpanId">16 digits.</param>
/// <param name="ParentSpanId">16 digits, or null where it is not known.</param>
/// <param name="Sampling">The decision.</param>
internal readonly record struct OutgoingContext(string TraceId, string SpanId, string? ParentSpanId, SamplingState Sampling)
{
    public static OutgoingContext From(in ActivityContext context, ActivitySpanId parent, string? traceState) => new(
        context.TraceId.ToHexString(),
        context.SpanId.ToHexString(),
        parent == default ? null : parent.ToHexString(),
        PropagatedSpan.SamplingOf(context.TraceFlags, traceState));
}
