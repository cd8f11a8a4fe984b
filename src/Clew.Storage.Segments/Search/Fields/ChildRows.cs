using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments.Search;

/// <summary>From rows of spans to those of their events or links, and back.</summary>
internal static class ChildRows
{
    // What one run of varints holds: reading less decodes as much.
    private const int BlockRows = Int64Column.BlockRows;

    /// <summary>Adds the span's row of each child that is set.</summary>
    public static void Lift(Int64Column spanRows, RowBitmap children, RowBitmap rows)
    {
        Span<long> block = stackalloc long[BlockRows];
        for (int child = children.Next(0); child >= 0;)
        {
            int start = child - child % BlockRows;
            int end = Math.Min(start + BlockRows, spanRows.Count);
            spanRows.Read(start, block[..(end - start)]);
            for (; child >= 0 && child < end; child = children.Next(child + 1))
                rows.Set(Checked(block[child - start], rows.RowCount));
        }
    }

    /// <summary>The children that are set, each with its span's row.</summary>
    public static IEnumerable<(int Child, long SpanRow)> WithParents(Int64Column spanRows, RowBitmap children)
    {
        var parents = new ForwardReader(spanRows);
        for (int child = children.Next(0); child >= 0; child = children.Next(child + 1))
            yield return (child, parents[child]);
    }

    /// <summary>Adds the children of the given rows.</summary>
    public static void Of(Int64Column spanRows, RowBitmap rows, RowBitmap children)
    {
        Span<long> block = stackalloc long[BlockRows];
        for (int start = 0; start < spanRows.Count; start += BlockRows)
        {
            Span<long> some = block[..Math.Min(BlockRows, spanRows.Count - start)];
            spanRows.Read(start, some);
            for (int i = 0; i < some.Length; i++)
            {
                if (rows[Checked(some[i], rows.RowCount)])
                    children.Set(start + i);
            }
        }
    }

    /// <summary>The first child that belongs to this span's row or a later one.</summary>
    public static int FirstOf(Int64Column spanRows, int row)
    {
        int low = 0, high = spanRows.Count;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (spanRows[middle] < row)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Checked(long row, int rowCount) => (ulong)row < (ulong)rowCount ? (int)row : throw NoSuchRow(row, rowCount);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SegmentFormatException NoSuchRow(long row, int rowCount) =>
        new($"row {row} has an event or link, but there are {rowCount} rows", nameof(SectionType.Int64), 0);
}
