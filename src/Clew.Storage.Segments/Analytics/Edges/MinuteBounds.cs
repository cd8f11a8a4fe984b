using Clew.Model;
using Clew.Query.Metrics;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Which minutes lie wholly in a range, and which touch it.</summary>
/// <param name="FirstInside">First minute that lies wholly in the range.</param>
/// <param name="LastInside">Last minute that does; before the first when none does.</param>
/// <param name="FirstTouched">Minute of the range's beginning.</param>
/// <param name="LastTouched">Minute of its end.</param>
internal readonly record struct MinuteBounds(long FirstInside, long LastInside, long FirstTouched, long LastTouched)
{
    /// <param name="range">The range.</param>
    /// <param name="starts">
    /// Between which times anything starts: an end of the range beyond these cuts no minute. So "the last hour" has one end only.
    /// </param>
    public static MinuteBounds Of(TimeRange range, IEnumerable<TimeRange> starts)
    {
        TimeRange all = starts.Aggregate(new TimeRange(long.MaxValue, long.MinValue), static (hull, one) => new(Math.Min(hull.FromNs, one.FromNs), Math.Max(hull.ToNs, one.ToNs)));
        bool isOpenBefore = range.FromNs <= all.FromNs, isOpenAfter = range.ToNs >= all.ToNs;
        long firstTouched = isOpenBefore ? long.MinValue : MinuteNumber.Of(range.FromNs);
        long lastTouched = isOpenAfter ? long.MaxValue : MinuteNumber.Of(range.ToNs);
        bool cutsFirst = !isOpenBefore && MinuteNumber.StartNs(firstTouched) != range.FromNs;
        bool cutsLast = !isOpenAfter && MinuteNumber.StartNs(lastTouched) + MinuteAggregate.MinuteNs - 1 != range.ToNs;
        return new MinuteBounds(cutsFirst ? firstTouched + 1 : firstTouched, cutsLast ? lastTouched - 1 : lastTouched, firstTouched, lastTouched);
    }

    /// <summary>
    /// Whether no trace whose spans start between these times counts. By minutes, as <see cref="Decide"/>: of what tables contribute to one entry all or nothing is looked at.
    /// </summary>
    public bool HasNoneOf(TimeRange starts) =>
        starts.FromNs > starts.ToNs || MinuteNumber.Of(starts.ToNs) < FirstTouched || MinuteNumber.Of(starts.FromNs) > LastTouched;

    /// <summary>Whether all traces whose spans start between these times count.</summary>
    public bool HasAllOf(TimeRange starts) => MinuteNumber.Of(starts.FromNs) >= FirstInside && MinuteNumber.Of(starts.ToNs) <= LastInside;

    /// <summary>Whether the traces of an entry count; null when their minutes do not say.</summary>
    public bool? Decide(EdgeEntry entry)
    {
        if (!entry.HasTime || entry.LastMinute < FirstTouched || entry.FirstMinute > LastTouched)
            return false;
        return IsInside(entry.FirstMinute) || IsInside(entry.LastMinute) ? true : null;
    }

    private bool IsInside(long minute) => minute >= FirstInside && minute <= LastInside;
}
