using Clew.Query.Metrics;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>A table's minutes: of a segment those in its section, of a head or a segment without one those counted from its rows. Any thread.</summary>
internal sealed class MinuteMemory(Func<ColumnReader?> openSection)
{
    private readonly Lock gate = new();
    private bool hasNoSection;
    private MinuteTable? counted;
    private MinuteRows? rows;

    /// <summary>Adds the minutes of one service, or of all.</summary>
    /// <exception cref="SegmentFormatException">The table is damaged.</exception>
    public void AddTo(MinuteAggregator minutes, SpanTable table, string? service, MinuteRange range)
    {
        if (!Volatile.Read(ref hasNoSection) && TryReadSection(service) is { } section)
        {
            section.AddTo(minutes, service, range);
            return;
        }
        lock (gate)
            Count(table).AddTo(minutes, service, range);
    }

    /// <summary>Adds all of it to another table.</summary>
    /// <exception cref="SegmentFormatException">The table is damaged.</exception>
    public void AddTo(MinuteTable minutes, SpanTable table)
    {
        if (!Volatile.Read(ref hasNoSection) && TryReadSection(null) is { } section)
        {
            Merge(section, minutes);
            return;
        }
        lock (gate)
            Merge(Count(table), minutes);
    }

    // What is damaged is counted again from the spans; whoever verifies the segment says so.
    private MinuteTable? TryReadSection(string? service)
    {
        try
        {
            if (openSection() is { } reader)
                return MinuteSection.Read(reader, service);
        }
        catch (SegmentFormatException)
        {
        }
        Volatile.Write(ref hasNoSection, true);
        return null;
    }

    private MinuteTable Count(SpanTable table)
    {
        rows ??= new MinuteRows(counted = new MinuteTable());
        if (rows.RowCount < table.RowCount)
            rows.AddFrom(table);
        return counted!;
    }

    private static void Merge(MinuteTable from, MinuteTable to)
    {
        foreach (string service in from.Services)
        {
            foreach ((MinuteKey key, LatencyHistogram histogram) in from.GroupsOf(service))
                to.Of(service, key).Merge(histogram);
        }
    }
}
