using Clew.Model;

namespace Clew.Query;

/// <summary>
/// The question every search is turned into, whatever API it came through, and every store answers. A trace is a result
/// when it is in <see cref="Range"/> and satisfies <see cref="Where"/> there. Results are ordered by trace start (that of its
/// earliest span, in range or not; 0 and so last when no span has a time), newest first, ties by ascending trace id, and are
/// exact: every matching trace counts. What a query may ask is bounded by <see cref="TraceQueryValidator"/>.
/// </summary>
public sealed record TraceQuery
{
    /// <summary>What has no time (start 0) is only in <see cref="TimeRange.All"/>.</summary>
    public TimeRange Range { get; init; } = TimeRange.All;

    public TimeRangeTarget RangeTarget { get; init; } = TimeRangeTarget.SpanStart;

    /// <summary>Null: every trace that is in range.</summary>
    public TraceCondition? Where { get; init; }

    /// <summary>At most this many traces, from 1; more can be had through <see cref="After"/>.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Only traces that stand after this place in the order; see <see cref="TraceSearchResult.Next"/>.</summary>
    public TraceCursor? After { get; init; }
}

/// <summary>What has to lie in the time range.</summary>
public enum TimeRangeTarget
{
    /// <summary>
    /// The start of each span a condition is tested on (Jaeger, Tempo): spans outside the range count as absent for conditions,
    /// and a trace is in range when at least one of its spans is.
    /// </summary>
    SpanStart,

    /// <summary>
    /// The time of the trace as Zipkin defines it: the earliest start of the spans without a parent that have a time, else the
    /// earliest start of all. Conditions are then tested on all its spans.
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
