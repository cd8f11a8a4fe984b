using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>A table's minutes: of a segment those in its section, of a head or a segment without one those counted from its rows. Any thread.</summary>
internal sealed class MinuteMemory(Func<ColumnReader?> openSection)
{
    private readonly Lock gate = new();
    private MinuteRows? rows;
    private volatile bool isRefused;

    /// <summary>Whether there is no section, or a damaged one.</summary>
    public bool IsRefused => isRefused;

    /// <summary>Adds the minutes of one service, or of all. A section is opened as it is read; the damage it throws for is refused, and not met again.</summary>
    /// <exception cref="SegmentFormatException">The table, or its section, is damaged.</exception>
    public void AddTo(MinuteParts parts, SpanTable table, string? service, MinuteRange range)
    {
        if (!isRefused && Open() is { } reader)
        {
            MinuteSection.AddTo(parts, reader, service, range, Refuse);
            return;
        }
        Count(table).AddTo(parts, service, range);
    }

    private CountedMinutes Count(SpanTable table)
    {
        lock (gate)
        {
            MinuteRows counting = rows ?? new MinuteRows();
            // When a column is damaged what was counted is not found again.
            rows = null;
            if (counting.RowCount < table.RowCount)
                counting.AddFrom(table);
            rows = counting;
            return counting.Counted;
        }
    }

    private ColumnReader? Open()
    {
        try
        {
            if (openSection() is { } reader)
                return reader;
        }
        catch (SegmentFormatException)
        {
        }
        Refuse();
        return null;
    }

    private void Refuse() => isRefused = true;
}
