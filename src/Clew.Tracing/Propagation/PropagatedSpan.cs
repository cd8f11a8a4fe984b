using System.Buffers.Binary;
using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>
/// A span as headers name it, in any format. Identifiers are numbers whose bytes in big-endian order are the hexadecimal digits on the wire; a 64-bit
/// trace id has zero in its high half. Without identifiers (<see cref="HasIds"/>) only the decision was sent.
/// </summary>
/// <param name="TraceIdHigh">The first 16 of the 32 digits of the trace id, or 0 for a 64-bit trace id.</param>
/// <param name="TraceIdLow">The last 16 digits of the trace id.</param>
/// <param name="SpanId">The span that sends: the parent of what the receiver starts.</param>
/// <param name="Sampling">The decision that came along.</param>
public readonly record struct PropagatedSpan(ulong TraceIdHigh, ulong TraceIdLow, ulong SpanId, SamplingState Sampling)
{
    /// <summary>The parent of the sending span where it is known (B3 and Jaeger have a field for it), otherwise 0.</summary>
    public ulong ParentSpanId { get; init; }

    /// <summary>The last 7 bytes of the trace id are random (W3C Trace Context Level 2, section 3.2.2.5.2).</summary>
    public bool IsRandom { get; init; }

    /// <summary>Neither the trace id nor the span id is zero.</summary>
    public bool HasIds => (TraceIdHigh | TraceIdLow) != 0 && SpanId != 0;

    internal bool IsRecorded => Sampling >= SamplingState.Accept;

    internal ActivityContext ToActivityContext(string? traceState)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, TraceIdHigh);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], TraceIdLow);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], SpanId);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(bytes[..16]),
            ActivitySpanId.CreateFromBytes(bytes[16..]),
            (ActivityTraceFlags)W3CTraceParent.Flags(this),
            traceState,
            isRemote: true);
    }

    /// <summary>What a traceparent says of it.</summary>
    internal static PropagatedSpan From(in ActivityContext context)
    {
        (ulong high, ulong low) = ActivityIds.Number(context.TraceId);
        return new(high, low, ActivityIds.Number(context.SpanId), SamplingOf(context.TraceFlags, traceState: null))
        {
            IsRandom = ((int)context.TraceFlags & W3CTraceParent.RandomFlag) != 0,
        };
    }

    internal static SamplingState SamplingOf(ActivityTraceFlags flags, string? traceState) =>
        (flags & ActivityTraceFlags.Recorded) == 0 ? SamplingState.Deny
        : traceState is not null && TraceStateMark.Read(traceState) == SamplingState.Debug ? SamplingState.Debug
        : SamplingState.Accept;
}
