using Clew.Model;

namespace Clew.Query;

/// <summary>
/// The question every search is turned into, whatever API it came through, and every store answers. A trace is a result
/// when it satisfies <see cref="Where"/> within <see cref="Range"/>. Results are ordered by trace start, newest first,
/// ties by ascending trace id, and are exact: every matching trace counts.
/// </summary>
public sealed record TraceQuery
{
    public TimeRange Range { get; init; } = TimeRange.All;

    public TimeRangeTarget RangeTarget { get; init; } = TimeRangeTarget.SpanStart;

    /// <summary>Null: every trace that is in range.</summary>
    public TraceCondition? Where { get; init; }

    /// <summary>At most this many traces; more can be had through <see cref="After"/>.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Only traces that stand after this place in the order; see <see cref="TraceSearchResult.Next"/>.</summary>
    public TraceCursor? After { get; init; }
}

/// <summary>What has to lie in the time range.</summary>
public enum TimeRangeTarget
{
    /// <summary>The start of each span a condition is tested on (Jaeger, Tempo): spans outside the range count as absent for conditions.</summary>
    SpanStart,

    /// <summary>
    /// The time of the trace as Zipkin defines it: the start of the first span without a parent that has a time, else the
    /// smallest start. Conditions are then tested on all its spans.
    /// </summary>
    TraceTime,
}

/// <summary>A place in the order of results: start descending, then trace id ascending.</summary>
public readonly record struct TraceCursor(long StartNs, TraceId TraceId)
{
    /// <summary>Whether a trace stands after this place.</summary>
    public bool Precedes(long startNs, TraceId traceId) =>
        startNs < StartNs || (startNs == StartNs && traceId > TraceId);
}
