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
        var named = new List<(int Column, int Shape)>();
        int[] ends = new int[columnCount];
        var walk = new DictionaryScratch();
        for (int shape = 0; shape < values.Count; shape++)
        {
            ReadOnlySpan<byte> value = values.Read((uint)shape, walk);
            for (int at = 0; at < value.Length;)
            {
                if (!Varint.TryRead(value, ref at, out ulong number) || number > (ulong)columnCount)
                    throw new SegmentFormatException($"a shape names a column that is none of {columnCount}, or ends within a number", "attribute shapes", at);
                if (number == 0)
                    continue;
                ends[number - 1]++;
                named.Add(((int)number - 1, shape));
            }
            if (named.Count > NamedMax(rowCount))
                throw new SegmentFormatException($"the shapes of {rowCount} rows name more columns than they may", "attribute shapes", 0);
        }
        int[] ordered = new int[named.Count];
        int next = 0;
        for (int column = 0; column < columnCount; column++)
            (ends[column], next) = (next, next + ends[column]);
        foreach ((int column, int shape) in named)
            ordered[ends[column]++] = shape;
        return new ShapeColumns(ordered, ends, values.Count);
    }

    /// <summary>The codes of the shapes that name a column.</summary>
    public RowBitmap ShapesOf(int column)
    {
        RowBitmap codes = RowBitmap.Rent(shapeCount);
        for (int i = column == 0 ? 0 : ends[column - 1]; i < ends[column]; i++)
            codes.Set(shapes[i]);
        return codes;
    }
}
