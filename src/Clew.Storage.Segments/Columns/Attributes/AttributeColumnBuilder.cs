using Clew.Model;

namespace Clew.Storage.Segments;

/// <summary>
/// A column that grows: one thread adds, any number take snapshots meanwhile. Rows come in ascending order and have one value at most. A snapshot of
/// <c>n</c> rows has the values of all rows below <c>n</c> when the writer published <c>n</c> after adding them.
/// </summary>
internal sealed class AttributeColumnBuilder
{
    private readonly AttributePartBuilder?[] parts = new AttributePartBuilder?[(int)AttributeType.KeyValueList + 1];
    private int nextRow;

    /// <summary>Adds up what the parts take; for the writer.</summary>
    public void AddSizes(ref HeapSizes sizes)
    {
        foreach (AttributePartBuilder? part in parts)
        {
            sizes.HeapBytes += part?.HeapBytes ?? 0;
            sizes.ValueBytes += part?.ValueBytes ?? 0;
        }
    }

    public void AddEmpty(int row) => Part(row, AttributeType.Empty).AddEmpty(row);

    public void Add(int row, bool value) => Part(row, AttributeType.Bool).AddFlag(row, value);

    public void Add(int row, long value) => Part(row, AttributeType.Int64).AddNumber(row, value);

    public void Add(int row, double value) => Part(row, AttributeType.Double).AddNumber(row, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Adds a string, a byte string, or an array or list in its encoded form. False when the dictionary is full: then nothing changes.</summary>
    /// <param name="row">Above every row added before.</param>
    /// <param name="type">One of <see cref="AttributeType.String"/>, <see cref="AttributeType.Bytes"/>, <see cref="AttributeType.Array"/>, <see cref="AttributeType.KeyValueList"/>.</param>
    /// <param name="value">UTF-8, raw bytes, or what <see cref="AttributeValueCodec"/> writes.</param>
    public bool TryAdd(int row, AttributeType type, ReadOnlySpan<byte> value)
    {
        int before = nextRow;
        if (Part(row, type).TryAddBytes(row, value))
            return true;
        nextRow = before;
        return false;
    }

    /// <summary>Adds strings to rows in ascending order.</summary>
    /// <remarks>They may lie below rows that were added with values of other types meanwhile: each part has its own order.</remarks>
    /// <inheritdoc cref="AttributePartBuilder.TryAddAllBytes"/>
    public bool TryAddTexts<T>(ReadOnlySpan<int> rows, T values) where T : struct, IByteStrings, allows ref struct =>
        rows.IsEmpty || Part(AttributeType.String).TryAddAllBytes(rows, values);

    /// <summary>The first <paramref name="rowCount"/> rows as they are now; copies no values.</summary>
    public AttributeColumn Snapshot(int rowCount)
    {
        var snapshot = new List<AttributePart>(1);
        for (int type = 0; type < parts.Length; type++)
        {
            if (Volatile.Read(ref parts[type])?.Snapshot(rowCount) is { } part)
                snapshot.Add(part);
        }
        return new AttributeColumn(rowCount, [.. snapshot]);
    }

    private AttributePartBuilder Part(int row, AttributeType type)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row, nextRow);
        nextRow = row + 1;
        return Part(type);
    }

    private AttributePartBuilder Part(AttributeType type) => parts[(int)type] ?? AddPart(type);

    private AttributePartBuilder AddPart(AttributeType type)
    {
        var part = new AttributePartBuilder(type);
        Volatile.Write(ref parts[(int)type], part);
        return part;
    }
}
