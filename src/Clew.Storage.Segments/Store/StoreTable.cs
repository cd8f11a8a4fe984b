using Clew.Model;
using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Store;

/// <summary>A table as a reader sees it, with what is known of it without touching its columns.</summary>
/// <param name="Spans">The table.</param>
/// <param name="Memory">What analytics remember of it.</param>
/// <param name="Segment">The segment's footer; null for a head.</param>
internal sealed record StoreTable(SpanTable Spans, TableMemory Memory, SegmentInfo? Segment)
{
    /// <summary>No span that has a time starts later.</summary>
    public long MaxStartNs => Segment is null ? long.MaxValue : Segment.Starts.Count == 0 ? 0 : Segment.Starts[^1].ToNs;

    public AnalyticsTable ForAnalytics => new(Spans, Memory);

    /// <summary>False when no span of the table is in the range.</summary>
    public bool MayStartIn(TimeRange range)
    {
        if (range == TimeRange.All || Segment is null)
            return true;
        foreach (TimeRange starts in Segment.Starts)
        {
            if (starts.Overlaps(range))
                return true;
        }
        return false;
    }
}
