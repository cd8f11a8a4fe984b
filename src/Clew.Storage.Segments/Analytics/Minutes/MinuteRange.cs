using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Minutes by <see cref="MinuteNumber"/>, both ends included.</summary>
internal readonly record struct MinuteRange(long First, long Last)
{
    /// <summary>The minutes that overlap a range.</summary>
    public static MinuteRange Of(TimeRange range) => new(MinuteNumber.Of(range.FromNs), MinuteNumber.Of(range.ToNs));

    public bool Contains(long minute) => minute >= First && minute <= Last;
}
