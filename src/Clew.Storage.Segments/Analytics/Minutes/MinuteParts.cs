namespace Clew.Storage.Segments.Analytics;

/// <summary>What several tables have of the minutes, by service, to be added up. One thread, once.</summary>
internal sealed class MinuteParts
{
    private readonly Dictionary<string, List<MinuteCursor>> services = [];
    private readonly BucketSum sum = new();

    /// <summary>
    /// Has the minutes of tables added up. A segment whose section turns out to be damaged is counted from its rows instead; whoever verifies it says so.
    /// </summary>
    /// <param name="tables">No span is in two of them, so what they have is added.</param>
    /// <param name="service">The service; all when null.</param>
    /// <param name="range">The minutes.</param>
    /// <param name="read">Reads what it needs; called again when a section was damaged.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SegmentFormatException">A table is damaged.</exception>
    public static T Read<T>(IReadOnlyList<AnalyticsTable> tables, string? service, MinuteRange range, Func<MinuteParts, T> read, CancellationToken cancellation)
    {
        while (true)
        {
            int refused = Refused(tables);
            try
            {
                var parts = new MinuteParts();
                foreach (AnalyticsTable table in tables)
                {
                    cancellation.ThrowIfCancellationRequested();
                    table.Memory.Minutes.AddTo(parts, table.Spans, service, range);
                }
                return read(parts);
            }
            catch (SegmentFormatException) when (Refused(tables) > refused)
            {
                // Ends: each turn there are fewer sections to refuse.
            }
        }
    }

    public void Add(string service, MinuteCursor cursor)
    {
        if (!services.TryGetValue(service, out List<MinuteCursor>? cursors))
            services.Add(service, cursors = []);
        cursors.Add(cursor);
    }

    /// <summary>In ordinal order.</summary>
    public string[] Services() => [.. services.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Calls with each group of a service, in order, and all of its durations, which the caller takes. Once for each service.</summary>
    /// <exception cref="SegmentFormatException">A section is damaged, and refused from now on.</exception>
    public void Take(string service, Action<MinuteKey, BucketSum> group, CancellationToken cancellation)
    {
        services.Remove(service, out List<MinuteCursor>? cursors);
        // Tables are about few minutes each: of many of them a few are at the same.
        var queue = new PriorityQueue<MinuteCursor, MinuteKey>(cursors!.Count);
        foreach (MinuteCursor cursor in cursors)
        {
            cancellation.ThrowIfCancellationRequested();
            if (cursor.MoveNext())
                queue.Enqueue(cursor, cursor.Key);
        }
        while (queue.TryPeek(out _, out MinuteKey key))
        {
            cancellation.ThrowIfCancellationRequested();
            while (queue.TryPeek(out MinuteCursor? cursor, out MinuteKey next) && next == key)
            {
                cursor.AddTo(sum);
                if (cursor.MoveNext())
                    queue.DequeueEnqueue(cursor, cursor.Key);
                else
                    queue.Dequeue();
            }
            group(key, sum);
        }
    }

    private static int Refused(IReadOnlyList<AnalyticsTable> tables)
    {
        int refused = 0;
        foreach (AnalyticsTable table in tables)
            refused += table.Memory.Minutes.IsRefused ? 1 : 0;
        return refused;
    }
}
