using System.Buffers;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// All rows of a table, those of each trace together: read in order and put where they belong, which is a fraction of what it costs to follow each trace through a head. One
/// thread; memory of the pool.
/// </summary>
internal sealed class LinkRows : IDisposable
{
    // A multiple of the blocks in which columns are decoded.
    private const int RowsAtOnce = 512;

    private readonly LinkRow[] rows;
    private readonly int[] ends;

    /// <exception cref="SegmentFormatException">A column is damaged.</exception>
    public LinkRows(LinkColumns columns)
    {
        SpanTable table = columns.Table;
        int[] traceOf = ArrayPool<int>.Shared.Rent(table.RowCount);
        rows = ArrayPool<LinkRow>.Shared.Rent(table.RowCount);
        ends = ArrayPool<int>.Shared.Rent(table.Traces.Count);
        table.Traces.ReadTraces(0, traceOf.AsSpan(0, table.RowCount));
        CountRows(traceOf.AsSpan(0, table.RowCount));
        Span<LinkRow> some = new LinkRow[Math.Min(RowsAtOnce, table.RowCount)];
        for (int start = 0; start < table.RowCount; start += RowsAtOnce)
        {
            some = some[..Math.Min(RowsAtOnce, table.RowCount - start)];
            columns.Read(start, some);
            for (int i = 0; i < some.Length; i++)
                rows[ends[traceOf[start + i]]++] = some[i];
        }
        ArrayPool<int>.Shared.Return(traceOf);
    }

    /// <summary>The rows of a trace, ascending.</summary>
    public ReadOnlySpan<LinkRow> Of(int trace) => rows.AsSpan((trace == 0 ? 0 : ends[trace - 1])..ends[trace]);

    public void Dispose()
    {
        ArrayPool<LinkRow>.Shared.Return(rows);
        ArrayPool<int>.Shared.Return(ends);
    }

    // Until the rows are there, where each trace's begin.
    private void CountRows(ReadOnlySpan<int> traceOf)
    {
        Array.Clear(ends);
        foreach (int trace in traceOf)
            ends[trace]++;
        int before = 0;
        foreach (ref int end in ends.AsSpan())
            (end, before) = (before, before + end);
    }
}
