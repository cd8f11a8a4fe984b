using Clew.Model;

namespace Clew.Query.Metrics;

/// <summary>
/// The spans of one service, operation, kind and status that start in one minute. Errors are the calls whose <paramref name="Status"/> says so.
/// </summary>
/// <param name="MinuteStartNs">Unix nanoseconds of the minute's beginning.</param>
/// <param name="Service"><see cref="Span.ServiceName"/>.</param>
/// <param name="Operation">Span name, possibly empty.</param>
/// <param name="Kind">Kind of the spans.</param>
/// <param name="Status">Status of the spans.</param>
/// <param name="Calls">How many spans.</param>
/// <param name="Latencies">Their durations; belongs to the caller.</param>
public sealed record MinuteAggregate(
    long MinuteStartNs, string Service, string Operation, SpanKind Kind, StatusCode Status, long Calls, LatencyHistogram Latencies)
{
    public const long MinuteNs = 60_000_000_000;

    /// <summary>The beginning of the minute a time lies in.</summary>
    public static long MinuteOf(long timeNs) => timeNs - (((timeNs % MinuteNs) + MinuteNs) % MinuteNs);

    /// <summary>The range widened to the minutes it overlaps.</summary>
    public static TimeRange WholeMinutes(TimeRange range) => new(
        range.FromNs <= 0 ? range.FromNs : MinuteOf(range.FromNs),
        range.ToNs < 0 || range.ToNs > long.MaxValue - MinuteNs ? range.ToNs : MinuteOf(range.ToNs) + MinuteNs - 1);
}
