namespace Clew.Model;

/// <summary>
/// One attribute on the write side, 24 bytes: a key slice, a type, and 64 bits that hold the number, the slice of a
/// string or byte value, or the range in <see cref="SpanBatch.Elements"/> of an array or key-value list.
/// Items of an array have an empty key.
/// </summary>
public readonly struct AttributeRow
{
    private readonly long bits;

    private AttributeRow(Utf8Slice key, AttributeType type, long bits)
    {
        Key = key;
        Type = type;
        this.bits = bits;
    }

    public Utf8Slice Key { get; }

    public AttributeType Type { get; }

    public bool Bool => bits != 0;

    public long Int64 => bits;

    public double Double => BitConverter.Int64BitsToDouble(bits);

    /// <summary>The bytes of a string or byte value.</summary>
    public Utf8Slice Slice => new((int)bits, (int)(bits >> 32));

    /// <summary>The items of an array or key-value list, in <see cref="SpanBatch.Elements"/>.</summary>
    public RowRange Items => new((int)bits, (int)(bits >> 32));

    public static AttributeRow Empty(Utf8Slice key) => new(key, AttributeType.Empty, 0);

    public static AttributeRow String(Utf8Slice key, Utf8Slice value) => new(key, AttributeType.String, Pack(value.Offset, value.Length));

    public static AttributeRow Bytes(Utf8Slice key, Utf8Slice value) => new(key, AttributeType.Bytes, Pack(value.Offset, value.Length));

    public static AttributeRow From(Utf8Slice key, bool value) => new(key, AttributeType.Bool, value ? 1 : 0);

    public static AttributeRow From(Utf8Slice key, long value) => new(key, AttributeType.Int64, value);

    public static AttributeRow From(Utf8Slice key, double value) => new(key, AttributeType.Double, BitConverter.DoubleToInt64Bits(value));

    public static AttributeRow Array(Utf8Slice key, RowRange items) => new(key, AttributeType.Array, Pack(items.Start, items.Count));

    public static AttributeRow KeyValueList(Utf8Slice key, RowRange items) => new(key, AttributeType.KeyValueList, Pack(items.Start, items.Count));

    /// <summary>The same value under another key.</summary>
    public AttributeRow WithKey(Utf8Slice key) => new(key, Type, bits);

    private static long Pack(int low, int high) => (uint)low | ((long)high << 32);
}
