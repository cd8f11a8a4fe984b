namespace Clew.Storage.Segments.Analytics;

/// <summary>The groups of one service in one table, in the order of their keys. Before the first of them when it is made. One thread.</summary>
internal abstract class MinuteCursor
{
    /// <summary>The group it stands at. Two that follow one another may have the same: they are one.</summary>
    public MinuteKey Key { get; protected set; }

    /// <summary>Goes to the next group; false when there is none.</summary>
    /// <exception cref="SegmentFormatException">What the groups are read from is damaged.</exception>
    public abstract bool MoveNext();

    /// <summary>Adds the durations of the group; once for each.</summary>
    /// <exception cref="SegmentFormatException">What the groups are read from is damaged.</exception>
    public abstract void AddTo(BucketSum sum);
}
