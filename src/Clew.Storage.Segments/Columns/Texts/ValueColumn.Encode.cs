namespace Clew.Storage.Segments;

internal sealed partial class ValueColumn
{
    /// <summary>Chooses the stored form.</summary>
    /// <param name="values">The values.</param>
    /// <param name="valueCodes">The code of each row's value; each value is some row's.</param>
    /// <param name="isText">Whether texts of one shape may be kept in binary.</param>
    public static ValueColumn From(ValueDictionary values, ReadOnlySpan<uint> valueCodes, bool isText)
    {
        TextShape shape = isText ? TextShape.Detect(values) : default;
        if (shape.Kind == TextShapeKind.Decimal)
        {
            if (AsIntegers(values, valueCodes) is { } integers)
                return new ValueColumn(integers);
            shape = default;
        }
        if (shape.Kind != TextShapeKind.None)
            values = Encode(values, shape);
        int codeBits = BitPackedInts.WidthOf((uint)Math.Max(0, values.Count - 1));
        if (shape.Kind != TextShapeKind.None && (long)valueCodes.Length * shape.EncodedBytes <= (long)values.Count * shape.EncodedBytes + BitPackedInts.ByteCount(codeBits, valueCodes.Length))
            return new ValueColumn(RowByRow(values, valueCodes, shape.EncodedBytes), shape);
        FrozenValueDictionary frozen = FrozenValueDictionary.From(values, out uint[] newCodes);
        uint[] codes = new uint[valueCodes.Length];
        for (int row = 0; row < codes.Length; row++)
            codes[row] = newCodes[valueCodes[row]];
        return new ValueColumn(frozen, BitPackedInts.Pack(codes), shape);
    }

    // Integers where they take no more than codes and half of the digits, which is about what Brotli leaves of them.
    private static Int64Column? AsIntegers(ValueDictionary values, ReadOnlySpan<uint> valueCodes)
    {
        long digits = 0;
        for (uint code = 0; code < values.Count; code++)
            digits += values[code].Length + 1;
        long coded = digits / 2 + BitPackedInts.ByteCount(BitPackedInts.WidthOf((uint)(values.Count - 1)), valueCodes.Length);
        long[] integers = new long[valueCodes.Length];
        for (int row = 0; row < integers.Length; row++)
            TextShape.TryReadDecimal(values[valueCodes[row]], out integers[row]);
        var column = Int64Column.From(integers);
        return column.ValueBytes <= coded ? column : null;
    }

    private static ValueDictionary Encode(ValueDictionary values, TextShape shape)
    {
        var encoded = new ValueDictionaryBuilder();
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        for (uint code = 0; code < values.Count; code++)
        {
            // Binary forms are as distinct as the texts and shorter, so codes stay the same and all of them fit.
            shape.TryEncode(values[code], scratch);
            encoded.TryGetOrAdd(scratch[..shape.EncodedBytes], out _);
        }
        return encoded.Snapshot();
    }

    private static FixedBytesColumn RowByRow(ValueDictionary values, ReadOnlySpan<uint> valueCodes, int width)
    {
        byte[] bytes = new byte[checked(valueCodes.Length * width)];
        for (int row = 0; row < valueCodes.Length; row++)
            values[valueCodes[row]].CopyTo(bytes.AsSpan(row * width));
        return new FixedBytesColumn(bytes, width);
    }
}
