using System.Buffers;

namespace Clew.Storage.Segments.Segments;

/// <summary>The column that says which span an event or a link is of.</summary>
internal static class DetailRows
{
    /// <exception cref="SegmentFormatException">It is damaged, does not ascend, or names a span that is not there.</exception>
    public static Int64Column Read(ColumnReader reader, int rowCount, int spanRowCount)
    {
        var column = Int64Column.Read(reader, rowCount);
        long[] rows = ArrayPool<long>.Shared.Rent(Int64Column.BlockRows);
        try
        {
            long before = 0;
            for (int start = 0; start < rowCount; start += Int64Column.BlockRows)
            {
                Span<long> block = rows.AsSpan(0, Math.Min(Int64Column.BlockRows, rowCount - start));
                column.Read(start, block);
                foreach (long row in block)
                {
                    if (row < before || row >= spanRowCount)
                        throw new SegmentFormatException($"an event or link is of row {row}, behind one of row {before}, and there are {spanRowCount} rows", "rows of spans", 0);
                    before = row;
                }
            }
            return column;
        }
        finally
        {
            ArrayPool<long>.Shared.Return(rows);
        }
    }
}
