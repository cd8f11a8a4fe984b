using Clew.Model;

namespace Clew.Storage.Segments;

/// <summary>One part of a growing column. The row is added after its value, so whoever sees the row finds the value.</summary>
internal sealed class AttributePartBuilder
{
    private readonly AttributeType type;
    private readonly AppendBuffer<int> rows;
    private readonly AppendBuffer<long>? numbers;
    private readonly AppendBuffer<byte>? flags;
    private readonly AppendBuffer<uint>? codes;
    private readonly ValueDictionaryBuilder? dictionary;

    public AttributePartBuilder(AttributeType type, ColumnPlace place)
    {
        this.type = type;
        rows = new(place["rows"]);
        switch (type)
        {
            case AttributeType.Empty:
                break;
            case AttributeType.Bool:
                flags = new(place["flags"]);
                break;
            case AttributeType.Int64 or AttributeType.Double:
                numbers = new(place["numbers"]);
                break;
            default:
                codes = new(place["codes"]);
                dictionary = new(place["values"], isText: type == AttributeType.String);
                break;
        }
    }

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
