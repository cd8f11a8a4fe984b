using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Minutes by <see cref="MinuteNumber"/>, both ends included.</summary>
internal readonly record struct MinuteRange(long First, long Last)
{
    public static MinuteRange All { get; } = new(long.MinValue, long.MaxValue);

    /// <summary>The minutes that overlap a range.</summary>
    public static MinuteRange Of(TimeRange range) => new(MinuteNumber.Of(range.FromNs), MinuteNumber.Of(range.ToNs));

    /// <summary>False for a range that is the wrong way round.</summary>
    public bool Overlaps(TimeRange range) => range.FromNs <= range.ToNs && MinuteNumber.Of(range.FromNs) <= Last && MinuteNumber.Of(range.ToNs) >= First;

    public bool Contains(long minute) => minute >= First && minute <= Last;
}
