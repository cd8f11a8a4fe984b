using Clew.Model;

namespace Clew.Storage.Segments.Segments;

/// <summary>What a segment's footer says of it: all that is needed to open a data directory.</summary>
internal sealed record SegmentInfo
{
    /// <summary>Unique in a data directory and ascending in time; also the file's name.</summary>
    public required long Number { get; init; }

    public required int Rows { get; init; }

    public required int Traces { get; init; }

    /// <summary>
    /// Traces of which no older table held a part when their spans arrived. Summed over all tables, with
    /// those of deleted segments that go on in others (<see cref="Store.LogCheckpoint"/>), it is the number of traces.
    /// </summary>
    public required int NewTraces { get; init; }

    /// <summary>When the first and the last of its spans arrived, Unix nanoseconds. Retention goes by these.</summary>
    public required TimeRange Arrival { get; init; }

    /// <summary>
    /// Where its spans start, as a few disjoint ranges in ascending order, so that one span with a wild clock does not make a segment look relevant for years. Empty
    /// when no span has a time.
    /// </summary>
    public required IReadOnlyList<TimeRange> Starts { get; init; }

    /// <summary><see cref="Tables.TraceIndex.HasTracesWithoutTime"/>.</summary>
    public required bool HasTracesWithoutTime { get; init; }

    /// <summary>All records of the write-ahead log before this position are in this segment or in those with lower numbers.</summary>
    public required long WalReplayFrom { get; init; }

    /// <summary>Numbers of the segments this one was made of, which do not count where this one is there.</summary>
    public IReadOnlyList<long> Replaces { get; init; } = [];

    public long Bytes { get; init; }
}
