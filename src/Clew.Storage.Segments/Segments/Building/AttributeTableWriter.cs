using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>
/// Writes the attributes of several tables as one: a column for every key and occurrence, the shapes said in the numbers of these columns. Of more keys than
/// there may be columns the rarest go to the rows' rest.
/// </summary>
internal sealed class AttributeTableWriter
{
    private readonly AttributeTable[] inputs;
    private readonly ReadOnlyMemory<int>[] newRows;
    private readonly int rowCount;
    private readonly List<AttributeKey> keys = [];
    private readonly Dictionary<AttributeKey, long> counts = [];
    private readonly int[][] numberOf;

    /// <param name="inputs">The tables.</param>
    /// <param name="newRows">Where the rows of each go.</param>
    /// <param name="rowCount">Rows of all.</param>
    public AttributeTableWriter(AttributeTable[] inputs, ReadOnlyMemory<int>[] newRows, int rowCount)
    {
        this.inputs = inputs;
        this.newRows = newRows;
        this.rowCount = rowCount;
        numberOf = NumberKeys();
    }

    /// <summary>Writes keys, order and columns, as the three numbers from <paramref name="first"/> on.</summary>
    public void Write(SegmentOutput output, SegmentSection first, CancellationToken cancellation)
    {
        AttributeKeyList.Write(output.Writer, keys);
        output.End(first);
        var order = new AttributeOrderUnion(inputs, newRows, numberOf, rowCount, keys.Count);
        order.Write(output.Writer);
        output.End(first + 1);
        var placed = new List<Placed<AttributeColumn>>(inputs.Length);
        int[][] columnOf = ColumnsByNumber();
        using var places = new AttributePlaces(rowCount);
        foreach (int number in ByRows())
        {
            cancellation.ThrowIfCancellationRequested();
            placed.Clear();
            for (int i = 0; i < inputs.Length; i++)
            {
                if (columnOf[i][number] is >= 0 and var column)
                    placed.Add(new Placed<AttributeColumn>(inputs[i].Column(column), newRows[i]));
            }
            AttributeColumn united = AttributeUnion.Unite([.. placed], places);
            // Which rows have a value stands in their shapes too, unless the type says more.
            if (united.Parts.Length == 1 && order.RowsNaming is { } naming && naming[number] == united.Parts[0].Presence.Count)
                united.WriteValuesTo(output.Writer);
            else
                united.WriteTo(output.Writer);
            output.End(first + 2, number);
        }
    }

    // Keys that always come together have equally many rows, and are united one after the other: where their values go is found once.
    private int[] ByRows()
    {
        int[] numbers = [.. Enumerable.Range(0, keys.Count)];
        Array.Sort([.. keys.Select(key => counts[key])], numbers);
        return numbers;
    }

    // For each input the number here of each of its columns; -1 for those that go to the rest, and for those no row has.
    private int[][] NumberKeys()
    {
        var inOrder = new List<AttributeKey>();
        foreach (AttributeTable input in inputs)
        {
            for (int column = 0; column < input.Keys.Count; column++)
            {
                long count = CountOf(input.Column(column));
                if (count == 0)
                    continue;
                if (!counts.TryGetValue(input.Keys[column], out long before))
                    inOrder.Add(input.Keys[column]);
                counts[input.Keys[column]] = before + count;
            }
        }
        keys.AddRange(inOrder.Count <= AttributeTable.ColumnsMax ? inOrder : inOrder.OrderByDescending(key => counts[key]).Take(AttributeTable.ColumnsMax));
        var numbers = new Dictionary<AttributeKey, int>(keys.Count);
        foreach (AttributeKey key in keys)
            numbers.Add(key, numbers.Count);
        return [.. inputs.Select(input => input.Keys.Select(key => numbers.GetValueOrDefault(key, -1)).ToArray())];
    }

    private int[][] ColumnsByNumber()
    {
        var columnOf = new int[inputs.Length][];
        for (int i = 0; i < inputs.Length; i++)
        {
            columnOf[i] = new int[keys.Count];
            Array.Fill(columnOf[i], -1);
            for (int column = 0; column < numberOf[i].Length; column++)
            {
                if (numberOf[i][column] >= 0)
                    columnOf[i][numberOf[i][column]] = column;
            }
        }
        return columnOf;
    }

    private static long CountOf(AttributeColumn column)
    {
        long count = 0;
        foreach (AttributePart part in column.Parts)
            count += part.Presence.Count;
        return count;
    }
}
