using Clew.Model;
using Clew.Query.Metrics;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Minute aggregates over tables: no span is stored twice, so what they have is added.</summary>
internal static class MinuteQuery
{
    /// <param name="tables">All tables that may have spans in the minutes that overlap the range.</param>
    /// <param name="service">The service; all when null.</param>
    /// <param name="range">Minutes that overlap it count whole.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SegmentFormatException">A table is damaged.</exception>
    public static IReadOnlyList<MinuteAggregate> Run(IEnumerable<AnalyticsTable> tables, string? service, TimeRange range, CancellationToken cancellation)
    {
        if (range.FromNs > range.ToNs)
            return [];
        var minutes = new MinuteAggregator();
        foreach (AnalyticsTable table in tables)
        {
            cancellation.ThrowIfCancellationRequested();
            table.Memory.Minutes.AddTo(minutes, table.Spans, service, MinuteRange.Of(range));
        }
        return minutes.ToList();
    }
}
