namespace Clew.Model;

/// <summary>A range of Unix nanoseconds, both ends included.</summary>
public readonly record struct TimeRange(long FromNs, long ToNs)
{
    public static TimeRange All => new(long.MinValue, long.MaxValue);

    public bool Contains(long timeNs) => timeNs >= FromNs && timeNs <= ToNs;

    public bool Overlaps(TimeRange other) => FromNs <= other.ToNs && other.FromNs <= ToNs;
}
