using System.Buffers;

namespace Clew.Storage.Segments;

/// <summary>Makes one column of byte strings of several, in another order of rows: only values that occur are kept, and the stored form is chosen anew.</summary>
internal static class ValueUnion
{
    /// <param name="inputs">The columns.</param>
    /// <param name="rowCount">Rows of the union.</param>
    /// <param name="isText">Whether texts of one shape may be kept in binary.</param>
    /// <exception cref="SegmentFormatException">A column is damaged.</exception>
    public static ValueColumn Unite(ReadOnlySpan<Placed<ValueColumn>> inputs, int rowCount, bool isText)
    {
        if (All(inputs, static column => column.Integers is not null))
            return new ValueColumn(NumberUnion.Unite(Convert(inputs, static column => column.Integers!), rowCount));
        TextShape shape = inputs.Length > 0 ? inputs[0].Column.Shape : default;
        if (All(inputs, column => column.Binary is not null && column.Shape == shape))
            return new ValueColumn(NumberUnion.Unite(Convert(inputs, static column => column.Binary!), rowCount, shape.EncodedBytes), shape);
        if (All(inputs, column => column.Dictionary is not null && column.Shape == shape))
            return UniteCoded(inputs, rowCount, isText && shape.Kind == TextShapeKind.None, shape);
        return UniteCoded(Convert(inputs, AsTexts), rowCount, isText, default);
    }

    private static ValueColumn UniteCoded(ReadOnlySpan<Placed<ValueColumn>> inputs, int rowCount, bool detect, TextShape shape)
    {
        var dictionaries = new ValueDictionary[inputs.Length];
        var maps = new Memory<uint>[inputs.Length];
        uint[]?[] rented = new uint[inputs.Length][], scratch = new uint[inputs.Length][];
        uint[] codes = ArrayPool<uint>.Shared.Rent(Math.Max(1, rowCount));
        try
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                dictionaries[i] = inputs[i].Column.Dictionary!;
                rented[i] = ArrayPool<uint>.Shared.Rent(Math.Max(1, dictionaries[i].Count));
                maps[i] = rented[i].AsMemory(0, dictionaries[i].Count);
                MarkUsed(inputs[i].Column.Codes, maps[i].Span, ref scratch[i]);
            }
            if (detect && inputs.Length == 1 && DistinctTexts.TryEncode(dictionaries[0], maps[0].Span, Unpacked(inputs[0].Column.Codes, scratch[0]), inputs[0].Rows.Span, out TextShape found) is { } binary)
                return new ValueColumn(binary, found);
            FrozenValueDictionary united = DictionaryUnion.Unite(dictionaries, maps);
            Span<uint> all = codes.AsSpan(0, rowCount);
            all.Clear();
            if (united.Count > 1)
            {
                for (int i = 0; i < inputs.Length; i++)
                    Scatter(Unpacked(inputs[i].Column.Codes, scratch[i]), maps[i].Span, inputs[i].Rows.Span, all);
            }
            return detect ? ValueColumn.From(united, all, TextShape.Detect(united)) : ValueColumn.FromBinary(united, all, shape);
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(codes);
            foreach (uint[]? array in rented.Concat(scratch))
                NumberUnion.Return(array);
        }
    }

    private static void MarkUsed(BitPackedInts packed, Span<uint> map, ref uint[]? scratch)
    {
        map.Clear();
        if (packed.Count == 0)
            return;
        if (packed.Width == 0)
        {
            if (map.IsEmpty)
                throw ValueDictionary.NoSuchCode(0, 0);
            map[0] = 1;
            return;
        }
        foreach (uint code in NumberUnion.Unpack(packed, ref scratch))
        {
            if (code >= (uint)map.Length)
                throw ValueDictionary.NoSuchCode(code, map.Length);
            map[(int)code] = 1;
        }
    }

    // What MarkUsed unpacked, if it had to; a column without width has only code 0.
    private static ReadOnlySpan<uint> Unpacked(BitPackedInts packed, uint[]? scratch)
    {
        uint[]? none = null;
        return scratch is not null ? scratch.AsSpan(0, packed.Count) : packed.Width == 0 ? default : NumberUnion.Unpack(packed, ref none);
    }

    private static void Scatter(ReadOnlySpan<uint> codes, ReadOnlySpan<uint> map, ReadOnlySpan<int> rows, Span<uint> united)
    {
        if (codes.IsEmpty)
        {
            foreach (int row in rows)
                united[row] = map[0];
            return;
        }
        for (int i = 0; i < rows.Length; i++)
            united[rows[i]] = map[(int)codes[i]];
    }

    private static ValueColumn AsTexts(ValueColumn column)
    {
        if (column.Dictionary is not null && column.Shape.Kind == TextShapeKind.None)
            return column;
        var values = new ValueDictionaryBuilder();
        uint[] codes = new uint[column.Count];
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        for (int row = 0; row < codes.Length; row++)
            values.TryGetOrAdd(column.Get(row, scratch), out codes[row]);
        return new ValueColumn(values.Snapshot(), BitPackedInts.Pack(codes));
    }

    private static bool All(ReadOnlySpan<Placed<ValueColumn>> inputs, Func<ValueColumn, bool> holds)
    {
        foreach (Placed<ValueColumn> input in inputs)
        {
            if (!holds(input.Column))
                return false;
        }
        return inputs.Length > 0;
    }

    private static Placed<T>[] Convert<T>(ReadOnlySpan<Placed<ValueColumn>> inputs, Func<ValueColumn, T> convert)
    {
        var converted = new Placed<T>[inputs.Length];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = new Placed<T>(convert(inputs[i].Column), inputs[i].Rows);
        return converted;
    }
}
