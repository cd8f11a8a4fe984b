using Clew.Model;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Store;

/// <summary>A table as a reader sees it, with what is known of it without touching its columns.</summary>
/// <param name="Spans">The table.</param>
/// <param name="Starts">Where its spans start, as ascending ranges; null for a head, of which nothing is known.</param>
/// <param name="Segment">The segment's footer; null for a head.</param>
internal sealed record StoreTable(SpanTable Spans, IReadOnlyList<TimeRange>? Starts, SegmentInfo? Segment)
{
    /// <summary>No span that has a time starts later.</summary>
    public long MaxStartNs => Starts is null ? long.MaxValue : Starts.Count == 0 ? 0 : Starts[^1].ToNs;

    /// <summary>False when no span of the table is in the range.</summary>
    public bool MayStartIn(TimeRange range)
    {
        if (range == TimeRange.All || Starts is null)
            return true;
        foreach (TimeRange starts in Starts)
        {
            if (starts.Overlaps(range))
                return true;
        }
        return false;
    }
}
