using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>Unites the shapes of several attribute tables in new column numbers, and what has no column.</summary>
/// <param name="inputs">The tables.</param>
/// <param name="newRows">Where the rows of each go.</param>
/// <param name="numberOf">The new number of each column of each table; -1 for one whose values go to the rest.</param>
/// <param name="rowCount">Rows of all.</param>
/// <param name="columnCount">New columns.</param>
internal sealed class AttributeOrderUnion(AttributeTable[] inputs, ReadOnlyMemory<int>[] newRows, int[][] numberOf, int rowCount, int columnCount)
{
    /// <summary>For each new column how many rows' shapes name it; null when the shapes are too long for saying which rows have a value (<see cref="ShapeColumns"/>).</summary>
    public int[]? RowsNaming { get; private set; }

    /// <summary>The shapes' column, and behind it the rest's when a row has one.</summary>
    public void Write(ColumnWriter writer)
    {
        var shapes = new ValueDictionaryBuilder();
        uint[] codes = new uint[rowCount];
        var loses = new bool[inputs.Length][];
        for (int i = 0; i < inputs.Length; i++)
            loses[i] = UniteShapes(i, shapes, codes);
        ValueColumn.From(shapes.Snapshot(), codes, isText: false).WriteTo(writer);
        RowsNaming = CountNaming(shapes.Snapshot(), codes);
        UniteRest(loses)?.WriteTo(writer);
    }

    private int[]? CountNaming(ValueDictionary shapes, uint[] codes)
    {
        int[] rowsOf = new int[shapes.Count], naming = new int[columnCount];
        foreach (uint code in codes)
            rowsOf[code]++;
        long named = 0;
        for (int shape = 0; shape < rowsOf.Length; shape++)
        {
            ReadOnlySpan<byte> columns = shapes[(uint)shape];
            for (int at = 0; at < columns.Length;)
            {
                int column = ShapeColumn(columns, ref at, columnCount);
                if (column < 0)
                    continue;
                naming[column] += rowsOf[shape];
                named++;
            }
        }
        return named <= ShapeColumns.NamedMax(rowCount) ? naming : null;
    }

    /// <returns>For each shape of the table whether one of its columns goes to the rest.</returns>
    private bool[] UniteShapes(int input, ValueDictionaryBuilder shapes, uint[] codes)
    {
        ValueColumn column = inputs[input].Shapes;
        ValueDictionary values = column.Dictionary!;
        uint[] map = new uint[values.Count];
        bool[] known = new bool[values.Count], loses = new bool[values.Count];
        using var shape = new PooledBytes();
        ReadOnlySpan<int> rows = newRows[input].Span;
        uint[]? scratch = null;
        ReadOnlySpan<uint> old = NumberUnion.Unpack(column.Codes, ref scratch);
        for (int row = 0; row < rows.Length; row++)
        {
            int code = (int)old[row];
            if ((uint)code >= (uint)map.Length)
                throw ValueDictionary.NoSuchCode(old[row], map.Length);
            if (!known[code])
            {
                known[code] = true;
                shape.Clear();
                loses[code] = Translate(values[old[row]], numberOf[input], shape);
                if (!shapes.TryGetOrAdd(shape.Written, out map[code]))
                    throw new InvalidOperationException("The attributes of a segment stand in more orders than a dictionary has room for; make it of fewer tables.");
            }
            codes[rows[row]] = map[code];
        }
        NumberUnion.Return(scratch);
        return loses;
    }

    private static bool Translate(ReadOnlySpan<byte> shape, int[] numbers, PooledBytes translated)
    {
        bool loses = false;
        for (int at = 0; at < shape.Length;)
        {
            int column = ShapeColumn(shape, ref at, numbers.Length);
            int number = column < 0 ? -1 : numbers[column];
            loses |= column >= 0 && number < 0;
            translated.WriteVarint((ulong)(number + 1));
        }
        return loses;
    }

    // -1 for an entry of the rest.
    private static int ShapeColumn(ReadOnlySpan<byte> shape, ref int at, int columnCount) =>
        Varint.TryRead(shape, ref at, out ulong number) && number <= (ulong)columnCount
            ? (int)number - 1
            : throw new SegmentFormatException($"a shape names a column that is none of {columnCount}, or ends within a number", "attribute shapes", at);

    private ValueColumn? UniteRest(bool[][] loses)
    {
        if (inputs.All(static input => input.Rest is null) && !loses.Any(static shapes => shapes.Contains(true)))
            return null;
        var values = new ValueDictionaryBuilder();
        uint[] codes = new uint[rowCount];
        using var rebuilt = new PooledBytes();
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        for (int i = 0; i < inputs.Length; i++)
        {
            ReadOnlySpan<int> rows = newRows[i].Span;
            ValueColumn shapes = inputs[i].Shapes;
            ValueColumn? rest = inputs[i].Rest;
            for (int row = 0; row < rows.Length; row++)
            {
                ReadOnlySpan<byte> bytes = rest is null ? default : rest.Get(row, scratch);
                uint shape = shapes.Codes[row];
                if (loses[i][shape])
                {
                    rebuilt.Clear();
                    Rebuild(inputs[i], numberOf[i], row, shapes.Dictionary![shape], bytes, rebuilt);
                    bytes = rebuilt.Written;
                }
                if (!values.TryGetOrAdd(bytes, out codes[rows[row]]))
                    throw new InvalidOperationException("The attributes without a column are more than a dictionary has room for; make the segment of fewer tables.");
            }
        }
        return ValueColumn.From(values.Snapshot(), codes, isText: false);
    }

    // The row's rest with the values of columns that are given up, in the order the shape says.
    private static void Rebuild(AttributeTable table, int[] numbers, int row, ReadOnlySpan<byte> shape, ReadOnlySpan<byte> oldRest, PooledBytes rebuilt)
    {
        AttributeList old = oldRest.IsEmpty ? AttributeList.None : AttributeValueCodec.Read(oldRest).AsKeyValues();
        var entries = new List<KeyValue>();
        int nextOld = 0;
        for (int at = 0; at < shape.Length;)
        {
            int column = ShapeColumn(shape, ref at, numbers.Length);
            if (column < 0)
            {
                if (nextOld == old.Count)
                    throw new SegmentFormatException("a shape has more entries without a column than the row", "attribute shapes", at);
                entries.Add(old[nextOld++]);
            }
            else if (numbers[column] < 0)
            {
                if (!table.Column(column).TryGet(row, out AttributeValue value))
                    throw new SegmentFormatException("a shape names a column in which the row has no value", "attribute shapes", at);
                entries.Add(new KeyValue(table.Keys[column].Name, value));
            }
        }
        AttributeValueCodec.Write(rebuilt, AttributeValue.FromKeyValues(new AttributeList([.. entries])));
    }
}
