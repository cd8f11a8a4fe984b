namespace Clew.Storage.Segments;

internal sealed partial class ValueColumn
{
    /// <summary>Chooses the stored form.</summary>
    /// <param name="values">The values.</param>
    /// <param name="valueCodes">The code of each row's value; each value is some row's.</param>
    /// <param name="isText">Whether texts of one shape may be kept in binary.</param>
    public static ValueColumn From(ValueDictionary values, ReadOnlySpan<uint> valueCodes, bool isText)
    {
        FrozenValueDictionary frozen = FrozenValueDictionary.From(values, out uint[] newCodes);
        uint[] codes = new uint[valueCodes.Length];
        for (int row = 0; row < codes.Length; row++)
            codes[row] = newCodes[valueCodes[row]];
        return From(frozen, codes, isText ? TextShape.Detect(frozen) : default);
    }

    /// <summary>The same for values that are sorted.</summary>
    /// <param name="values">The values.</param>
    /// <param name="valueCodes">The code of each row's value; each value is some row's.</param>
    /// <param name="shape">What all values have in common.</param>
    public static ValueColumn From(FrozenValueDictionary values, ReadOnlySpan<uint> valueCodes, TextShape shape)
    {
        if (shape.Kind == TextShapeKind.Decimal)
            return AsIntegers(values, valueCodes) is { } integers ? new ValueColumn(integers) : FromBinary(values, valueCodes, default);
        return FromBinary(shape.Kind == TextShapeKind.None ? values : Encode(values, shape), valueCodes, shape);
    }

    /// <summary>The same for values that are in their shape's binary form already.</summary>
    public static ValueColumn FromBinary(FrozenValueDictionary values, ReadOnlySpan<uint> valueCodes, TextShape shape)
    {
        return shape.Kind != TextShapeKind.None && IsSmallerRowByRow(values.Count, valueCodes.Length, shape)
            ? new ValueColumn(RowByRow(values, valueCodes, shape.EncodedBytes), shape)
            : new ValueColumn(values, BitPackedInts.Pack(valueCodes), shape);
    }

    /// <summary>Whether texts of a shape take no more when each row has its own than with a dictionary.</summary>
    public static bool IsSmallerRowByRow(int valueCount, int rowCount, TextShape shape) =>
        (long)rowCount * shape.EncodedBytes <= (long)valueCount * shape.EncodedBytes + BitPackedInts.ByteCount(BitPackedInts.WidthOf((uint)Math.Max(0, valueCount - 1)), rowCount);

    // Integers where they take no more than codes and half of the digits, which is about what Brotli leaves of them.
    private static Int64Column? AsIntegers(FrozenValueDictionary values, ReadOnlySpan<uint> valueCodes)
    {
        long coded = (values.ValueBytes + values.Count) / 2 + BitPackedInts.ByteCount(BitPackedInts.WidthOf((uint)(values.Count - 1)), valueCodes.Length);
        long[] integers = new long[valueCodes.Length];
        for (int row = 0; row < integers.Length; row++)
            TextShape.TryReadDecimal(values[valueCodes[row]], out integers[row]);
        var column = Int64Column.From(integers);
        return column.ValueBytes <= coded ? column : null;
    }

    // Binary forms are as distinct as the texts, and in the same order: all of a shape are of one length and their digits ascend as the bytes do.
    private static FrozenValueDictionary Encode(FrozenValueDictionary values, TextShape shape)
    {
        var encoded = new SortedValues(values.Count, values.Count * shape.EncodedBytes);
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        for (uint code = 0; code < values.Count; code++)
        {
            shape.TryEncode(values[code], scratch);
            encoded.Add(scratch[..shape.EncodedBytes]);
        }
        return encoded.ToDictionary();
    }

    private static FixedBytesColumn RowByRow(FrozenValueDictionary values, ReadOnlySpan<uint> valueCodes, int width)
    {
        byte[] bytes = new byte[checked(valueCodes.Length * width)];
        for (int row = 0; row < valueCodes.Length; row++)
            values[valueCodes[row]].CopyTo(bytes.AsSpan(row * width));
        return new FixedBytesColumn(bytes, width);
    }
}
