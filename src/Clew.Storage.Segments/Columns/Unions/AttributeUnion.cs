using System.Buffers;
using System.Numerics;
using Clew.Model;

namespace Clew.Storage.Segments;

/// <summary>Makes one attribute column of several, in another order of rows.</summary>
internal static class AttributeUnion
{
    /// <param name="inputs">The columns of the key; here not every row of the union needs to have a value.</param>
    /// <param name="rowCount">Rows of the union.</param>
    public static AttributeColumn Unite(ReadOnlySpan<Placed<AttributeColumn>> inputs, int rowCount)
    {
        var parts = new List<AttributePart>(1);
        var ofType = new List<Placed<AttributePart>>(inputs.Length);
        for (AttributeType type = AttributeType.Empty; type <= AttributeType.KeyValueList; type++)
        {
            ofType.Clear();
            foreach (Placed<AttributeColumn> input in inputs)
            {
                foreach (AttributePart part in input.Column.Parts)
                {
                    if (part.Type == type && part.Presence.Count > 0)
                        ofType.Add(new Placed<AttributePart>(part, input.Rows));
                }
            }
            if (ofType.Count > 0)
                parts.Add(UnitePart(type, ofType, rowCount));
        }
        return new AttributeColumn(rowCount, [.. parts]);
    }

    private static AttributePart UnitePart(AttributeType type, List<Placed<AttributePart>> inputs, int rowCount)
    {
        int count = 0;
        foreach (Placed<AttributePart> input in inputs)
            count += input.Column.Presence.Count;
        int[] rows = ArrayPool<int>.Shared.Rent(count);
        try
        {
            PresenceBitmap presence = Place(inputs, rows.AsSpan(0, count), rowCount);
            return new AttributePart(type, presence, UniteValues(type, inputs, rows, count));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    // Replaces the row of each value in the union by its position among the values there: bits are set first, and the positions counted from them, which takes no
    // sort whatever the order of rows was.
    private static PresenceBitmap Place(List<Placed<AttributePart>> inputs, Span<int> rows, int rowCount)
    {
        using RowBitmap present = RowBitmap.Rent(rowCount);
        Span<ulong> words = present.Words;
        int next = 0;
        foreach (Placed<AttributePart> input in inputs)
        {
            ReadOnlySpan<int> newRows = input.Rows.Span;
            Span<int> own = rows.Slice(next, input.Column.Presence.Count);
            next += own.Length;
            input.Column.Presence.CopyRows(own);
            foreach (ref int row in own)
            {
                row = newRows[row];
                words[row >> 6] |= 1UL << row;
            }
        }
        if (next == rowCount)
            return PresenceBitmap.From(present);
        int[] before = ArrayPool<int>.Shared.Rent(Math.Max(1, words.Length));
        int total = 0;
        for (int i = 0; i < words.Length; i++)
        {
            before[i] = total;
            total += BitOperations.PopCount(words[i]);
        }
        foreach (ref int row in rows)
            row = before[row >> 6] + BitOperations.PopCount(words[row >> 6] & ((1UL << row) - 1));
        ArrayPool<int>.Shared.Return(before);
        return PresenceBitmap.From(present);
    }

    private static IAttributeValues UniteValues(AttributeType type, List<Placed<AttributePart>> inputs, int[] positions, int count) => type switch
    {
        AttributeType.Empty => new EmptyValues(),
        AttributeType.Bool => new BoolValues(NumberUnion.Unite(Columns(inputs, positions, static values => ((BoolValues)values).Codes), count)),
        AttributeType.Int64 => new Int64Values(NumberUnion.Unite(Columns(inputs, positions, static values => ((Int64Values)values).Column), count)),
        AttributeType.Double => new DoubleValues(NumberUnion.Unite(Columns(inputs, positions, static values => ((DoubleValues)values).Column), count)),
        _ => new ByteStringValues(type, ValueUnion.Unite(Columns(inputs, positions, static values => ((ByteStringValues)values).Column), count, isText: type == AttributeType.String)),
    };

    private static Placed<T>[] Columns<T>(List<Placed<AttributePart>> inputs, int[] positions, Func<IAttributeValues, T> column)
    {
        var columns = new Placed<T>[inputs.Count];
        int next = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            int count = inputs[i].Column.Presence.Count;
            columns[i] = new Placed<T>(column(inputs[i].Column.Values), positions.AsMemory(next, count));
            next += count;
        }
        return columns;
    }
}
