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
    public static IReadOnlyList<MinuteAggregate> Run(IEnumerable<AnalyticsTable> tables, string? service, TimeRange range, CancellationToken cancellation) => range.FromNs > range.ToNs
        ? []
        : MinuteParts.Read([.. tables], service, MinuteRange.Of(range), parts => InOrder(parts, cancellation), cancellation);

    private static List<MinuteAggregate> InOrder(MinuteParts parts, CancellationToken cancellation)
    {
        string[] services = parts.Services();
        var rows = new List<MinuteAggregate>[services.Length];
        for (int i = 0; i < services.Length; i++)
        {
            string service = services[i];
            List<MinuteAggregate> own = rows[i] = [];
            parts.Take(service, (key, sum) => own.Add(AggregateOf(service, key, sum.TakeHistogram())), cancellation);
        }
        return rows.Length == 1 ? rows[0] : ByMinute(rows);
    }

    private static MinuteAggregate AggregateOf(string service, MinuteKey key, LatencyHistogram latencies) =>
        new(MinuteNumber.StartNs(key.Minute), service, key.Operation, key.Kind, key.Status, latencies.Count, latencies);

    // Those of each service are in order already: minute after minute, from each the rows it has.
    private static List<MinuteAggregate> ByMinute(List<MinuteAggregate>[] services)
    {
        var rows = new List<MinuteAggregate>(services.Sum(static service => service.Count));
        int[] next = new int[services.Length];
        foreach (long minuteNs in MinutesOf(services))
        {
            for (int i = 0; i < services.Length; i++)
            {
                while (next[i] < services[i].Count && services[i][next[i]].MinuteStartNs == minuteNs)
                    rows.Add(services[i][next[i]++]);
            }
        }
        return rows;
    }

    private static SortedSet<long> MinutesOf(List<MinuteAggregate>[] services)
    {
        var minutes = new SortedSet<long>();
        foreach (List<MinuteAggregate> service in services)
        {
            for (int i = 0; i < service.Count; i++)
            {
                if (i == 0 || service[i].MinuteStartNs != service[i - 1].MinuteStartNs)
                    minutes.Add(service[i].MinuteStartNs);
            }
        }
        return minutes;
    }
}
