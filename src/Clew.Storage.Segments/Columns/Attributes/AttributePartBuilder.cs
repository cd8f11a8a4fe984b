using Clew.Model;

namespace Clew.Storage.Segments;

/// <summary>One part of a growing column. The row is added after its value, so whoever sees the row finds the value.</summary>
internal sealed class AttributePartBuilder(AttributeType type)
{
    private readonly AppendBuffer<int> rows = new();
    private readonly AppendBuffer<long>? numbers = type is AttributeType.Int64 or AttributeType.Double ? new() : null;
    private readonly AppendBuffer<byte>? flags = type is AttributeType.Bool ? new() : null;
    private readonly AppendBuffer<uint>? codes = type is AttributeType.String or AttributeType.Bytes or AttributeType.Array or AttributeType.KeyValueList ? new() : null;
    private readonly ValueDictionaryBuilder? dictionary = type is AttributeType.String or AttributeType.Bytes or AttributeType.Array or AttributeType.KeyValueList ? new(isText: type == AttributeType.String) : null;

    /// <summary>Bytes of its dictionary's values; for the writer.</summary>
    public int ValueBytes => dictionary?.ValueBytes ?? 0;

    /// <summary>What it takes in memory; for the writer.</summary>
    public long HeapBytes => rows.HeapBytes + (numbers?.HeapBytes ?? 0L) + (flags?.HeapBytes ?? 0) + (codes?.HeapBytes ?? 0) + (dictionary?.HeapBytes ?? 0);

    public void AddEmpty(int row) => rows.Add(row);

    public void AddNumber(int row, long bits)
    {
        numbers!.Add(bits);
        rows.Add(row);
    }

    public void AddFlag(int row, bool value)
    {
        flags!.Add(value ? (byte)1 : (byte)0);
        rows.Add(row);
    }

    public bool TryAddBytes(int row, ReadOnlySpan<byte> value)
    {
        if (!dictionary!.TryGetOrAdd(value, out uint code))
            return false;
        codes!.Add(code);
        rows.Add(row);
        return true;
    }

    /// <summary>Adds byte strings of rows in ascending order. False when the dictionary is full, and no row is added.</summary>
    /// <param name="newRows">The rows.</param>
    /// <param name="values">The value of each.</param>
    public bool TryAddAllBytes<T>(ReadOnlySpan<int> newRows, T values) where T : struct, IByteStrings, allows ref struct
    {
        if (!dictionary!.TryGetOrAddAll(values, codes!.Reserve(newRows.Length)))
            return false;
        codes.Publish(newRows.Length);
        rows.AddAll(newRows);
        return true;
    }

    /// <summary>The values of the first <paramref name="rowCount"/> rows; copies nothing. Null when there are none.</summary>
    public AttributePart? Snapshot(int rowCount)
    {
        int count = rows.Count;
        ReadOnlySpan<int> published = rows.Values(count);
        if (count > 0 && published[count - 1] >= rowCount)
        {
            int found = published.BinarySearch(rowCount);
            count = found < 0 ? ~found : found;
        }
        return count == 0 ? null : new AttributePart(type, PresenceBitmap.View(rows.Bytes(count), rowCount), type switch
        {
            AttributeType.Empty => new EmptyValues(),
            AttributeType.Bool => new BoolValues(new BitPackedInts(flags!.Bytes(count), 8, count)),
            AttributeType.Int64 => new Int64Values(Int64Column.Plain(numbers!.Bytes(count))),
            AttributeType.Double => new DoubleValues(DoubleColumn.Plain(numbers!.Bytes(count))),
            _ => new ByteStringValues(type, new ValueColumn(dictionary!.Snapshot(), new BitPackedInts(codes!.Bytes(count), 32, count))),
        });
    }
}
