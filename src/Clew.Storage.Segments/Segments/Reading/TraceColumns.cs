using System.Runtime.InteropServices;

namespace Clew.Storage.Segments.Segments;

/// <summary>The table of traces as <see cref="TraceTableWriter"/> writes it, parsed.</summary>
internal sealed class TraceColumns
{
    private readonly FixedBytesColumn lows;

    private TraceColumns(ColumnReader reader, int traceCount)
    {
        lows = FixedBytesColumn.Read(reader, traceCount, sizeof(ulong));
        Highs = Int64Column.Read(reader, traceCount);
        FirstRows = BitPackedInts.Read(reader, traceCount);
        MinStarts = Int64Column.Read(reader, traceCount);
        LatestStarts = Int64Column.Read(reader, traceCount);
        Ends = Int64Column.Read(reader, traceCount);
        Errors = Int64Column.Read(reader, traceCount);
        Orphans = Int64Column.Read(reader, traceCount);
        Roots = Int64Column.Read(reader, traceCount);
        reader.ExpectEnd();
    }

    public ReadOnlySpan<ulong> Lows => MemoryMarshal.Cast<byte, ulong>(lows.Values);

    public Int64Column Highs { get; }

    public BitPackedInts FirstRows { get; }

    public Int64Column MinStarts { get; }

    /// <summary>Differences of the latest starts from the earliest.</summary>
    public Int64Column LatestStarts { get; }

    /// <summary>Differences of the last ends from the earliest starts.</summary>
    public Int64Column Ends { get; }

    public Int64Column Errors { get; }

    public Int64Column Orphans { get; }

    /// <summary>Which of the trace's rows stands for it.</summary>
    public Int64Column Roots { get; }

    /// <exception cref="SegmentFormatException">It is damaged, or the traces do not divide the rows.</exception>
    public static TraceColumns Read(ColumnReader reader, int traceCount, int rowCount)
    {
        var columns = new TraceColumns(reader, traceCount);
        long before = -1;
        for (int trace = 0; trace < traceCount; trace++)
        {
            uint first = columns.FirstRows[trace];
            // Every row belongs to one trace, and every trace has a row: what is built on this needs no checks.
            if (first <= before || first >= rowCount || (trace == 0 && first != 0))
                throw new SegmentFormatException($"trace {trace} cannot begin at row {first}", nameof(SegmentSection.Traces), 0);
            before = first;
        }
        return columns;
    }
}
