using System.Runtime.InteropServices;

namespace Clew.Storage.Segments.Segments;

/// <summary>Which shapes name which column: what says, with the shape of each row, which rows have a value of it. Immutable.</summary>
internal sealed class ShapeColumns
{
    private readonly int[] shapes;
    private readonly int[] ends;
    private readonly int shapeCount;

    private ShapeColumns(int[] shapes, int[] ends, int shapeCount)
    {
        this.shapes = shapes;
        this.ends = ends;
        this.shapeCount = shapeCount;
    }

    /// <summary>
    /// Columns that all shapes together name at most, for the presence of columns to be left to them: where each row's order is its own, it would take more memory to
    /// know than the bits do.
    /// </summary>
    public static long NamedMax(int rowCount) => Math.Max(1 << 16, rowCount * 8L);

    /// <param name="values">The shapes.</param>
    /// <param name="columnCount">Columns that they may name.</param>
    /// <param name="rowCount">Rows of the table.</param>
    /// <exception cref="SegmentFormatException">They name others, or more than a writer leaves it at.</exception>
    public static ShapeColumns Of(ValueDictionary values, int columnCount, int rowCount)
    {
        using var named = new PooledBytes();
        int[] ends = new int[columnCount];
        var walk = new DictionaryScratch();
        int count = 0;
        for (int shape = 0; shape < values.Count; shape++)
        {
            ReadOnlySpan<byte> value = values.Read((uint)shape, walk);
            // A number takes a byte at least.
            Span<int> columns = MemoryMarshal.Cast<byte, int>(named.GetSpan(value.Length * 2 * sizeof(int)));
            int next = 0;
            for (int at = 0; at < value.Length;)
            {
                if (!Varint.TryRead(value, ref at, out ulong number) || number > (ulong)columnCount)
                    throw new SegmentFormatException($"a shape names a column that is none of {columnCount}, or ends within a number", "attribute shapes", at);
                if (number == 0)
                    continue;
                ends[number - 1]++;
                (columns[next], columns[next + 1]) = ((int)number - 1, shape);
                next += 2;
            }
            named.Advance(next * sizeof(int));
            count += next / 2;
            if (count > NamedMax(rowCount))
                throw new SegmentFormatException($"the shapes of {rowCount} rows name more columns than they may", "attribute shapes", 0);
        }
        return new ShapeColumns(Order(MemoryMarshal.Cast<byte, int>(named.Written), ends), ends, values.Count);
    }

    /// <summary>The codes of the shapes that name a column.</summary>
    public RowBitmap ShapesOf(int column)
    {
        RowBitmap codes = RowBitmap.Rent(shapeCount);
        for (int i = column == 0 ? 0 : ends[column - 1]; i < ends[column]; i++)
            codes.Set(shapes[i]);
        return codes;
    }

    // The shapes of each column, one column after the other: counts become beginnings, and these, while the shapes are put there, ends.
    private static int[] Order(ReadOnlySpan<int> columnsAndShapes, int[] ends)
    {
        int[] ordered = new int[columnsAndShapes.Length / 2];
        int next = 0;
        foreach (ref int end in ends.AsSpan())
            (end, next) = (next, next + end);
        for (int i = 0; i < columnsAndShapes.Length; i += 2)
            ordered[ends[columnsAndShapes[i]]++] = columnsAndShapes[i + 1];
        return ordered;
    }
}
