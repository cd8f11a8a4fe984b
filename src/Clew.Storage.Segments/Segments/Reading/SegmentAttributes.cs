using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>Attributes of a segment's spans, events or links.</summary>
/// <param name="sections">The segment's pieces.</param>
/// <param name="first">The piece with the keys; order and columns have the next numbers.</param>
/// <param name="rowCount">Rows that may have attributes.</param>
internal sealed class SegmentAttributes(SegmentSections sections, SegmentSection first, int rowCount) : AttributeTable
{
    private KeySet? keys;
    private Order? order;
    private ShapeColumns? shapeColumns;

    public override int RowCount => rowCount;

    public override IReadOnlyList<AttributeKey> Keys => Known.Keys;

    public override ValueColumn Shapes => Ordered.Shapes;

    public override ValueColumn? Rest => Ordered.Rest;

    private KeySet Known => Volatile.Read(ref keys) ?? ReadKeys();

    private Order Ordered => Volatile.Read(ref order) ?? ReadOrder();

    public override AttributeColumn Column(int number) => Volatile.Read(ref Known.Columns[number]) ?? ReadColumn(number);

    public override IReadOnlyList<int> ColumnsOf(string key) => Known.ColumnsOf.GetValueOrDefault(key, []);

    private KeySet ReadKeys()
    {
        ColumnReader reader = sections.Open(first);
        var read = new KeySet(AttributeKeyList.Read(reader));
        reader.ExpectEnd();
        return Interlocked.CompareExchange(ref keys, read, null) ?? read;
    }

    private Order ReadOrder()
    {
        ColumnReader reader = sections.Open(first + 1);
        var shapes = ValueColumn.Read(reader, rowCount);
        if (shapes.Dictionary is null)
            throw new SegmentFormatException("shapes are codes of a dictionary, but these are not", (first + 1).ToString(), 0);
        var read = new Order(shapes, reader.AtEnd ? null : ValueColumn.Read(reader, rowCount));
        reader.ExpectEnd();
        return Interlocked.CompareExchange(ref order, read, null) ?? read;
    }

    private AttributeColumn ReadColumn(int number)
    {
        ColumnReader reader = sections.Open(first + 2, number);
        var read = AttributeColumn.Read(reader, rowCount, new RowsByShape(this, number));
        reader.ExpectEnd();
        return Interlocked.CompareExchange(ref Known.Columns[number], read, null) ?? read;
    }

    private RowBitmap ShapesOf(int column)
    {
        ShapeColumns known = Volatile.Read(ref shapeColumns) ?? ShapeColumns.Of(Shapes.Dictionary!, Keys.Count, rowCount);
        return (Interlocked.CompareExchange(ref shapeColumns, known, null) ?? known).ShapesOf(column);
    }

    /// <summary>The rows whose shape names a column. Looks at the shapes when it is first asked, which a search for a value that is not there never does.</summary>
    private sealed class RowsByShape(SegmentAttributes table, int column) : IPresenceRows
    {
        // Kept for good, so that its array never returns to the pool.
        private RowBitmap? shapes;

        public void Read(int start, int count, Span<ulong> words)
        {
            RowBitmap known = Volatile.Read(ref shapes) ?? table.ShapesOf(column);
            Volatile.Write(ref shapes, known);
            table.Shapes.Codes.Slice(start, count).InSet(known, words);
        }
    }

    private sealed record Order(ValueColumn Shapes, ValueColumn? Rest);

    private sealed class KeySet(AttributeKey[] keys)
    {
        public AttributeKey[] Keys => keys;

        public AttributeColumn?[] Columns { get; } = new AttributeColumn?[keys.Length];

        public Dictionary<string, int[]> ColumnsOf { get; } = Enumerable.Range(0, keys.Length)
            .GroupBy(number => keys[number].Name, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, group => group.OrderBy(number => keys[number].Occurrence).ToArray(), StringComparer.Ordinal);
    }
}
