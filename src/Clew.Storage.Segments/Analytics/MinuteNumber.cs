using Clew.Query.Metrics;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Minutes since 1970, rounded down: what analytics count times in.</summary>
internal static class MinuteNumber
{
    /// <summary>The first minute of spans without a time, which is after any.</summary>
    public const long NoFirst = long.MaxValue;

    /// <summary>The last minute of spans without a time, which is before any.</summary>
    public const long NoLast = long.MinValue;

    public static long Of(long timeNs)
    {
        long minute = timeNs / MinuteAggregate.MinuteNs;
        return timeNs % MinuteAggregate.MinuteNs < 0 ? minute - 1 : minute;
    }

    /// <summary>Unix nanoseconds of its beginning.</summary>
    public static long StartNs(long minute) => unchecked(minute * MinuteAggregate.MinuteNs);
}
