namespace Clew.Storage.Segments.Analytics;

/// <summary>Calls of one edge in traces of one first and one last minute. Ordered by these, then by edge.</summary>
/// <param name="FirstMinute">Of the earliest span; <see cref="MinuteNumber.NoFirst"/> when none has a time.</param>
/// <param name="LastMinute">Of the latest span; <see cref="MinuteNumber.NoLast"/> when none has a time.</param>
/// <param name="Sum">The edge's place among <see cref="EdgeContribution.Sums"/>.</param>
/// <param name="Count">How many.</param>
internal readonly record struct EdgeEntry(long FirstMinute, long LastMinute, int Sum, EdgeCount Count) : IComparable<EdgeEntry>
{
    public bool HasTime => FirstMinute != MinuteNumber.NoFirst;

    public int CompareTo(EdgeEntry other)
    {
        int order = FirstMinute.CompareTo(other.FirstMinute);
        if (order == 0)
            order = LastMinute.CompareTo(other.LastMinute);
        return order != 0 ? order : Sum.CompareTo(other.Sum);
    }
}

/// <summary>All calls of one edge, whatever their minutes.</summary>
/// <param name="Parent">Place among <see cref="EdgeContribution.Services"/>.</param>
/// <param name="Child">The same.</param>
/// <param name="Count">How many.</param>
internal record struct EdgeSum(int Parent, int Child, EdgeCount Count)
{
    public EdgeCount Count = Count;
}
