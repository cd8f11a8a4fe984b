using Clew.Model;

namespace Clew.Storage.Segments.Tables;

/// <summary>Makes lists of attributes of an <see cref="AttributeTable"/>'s rows. One thread at a time.</summary>
internal sealed class AttributeAssembler(AttributeTable table)
{
    private const int Rest = -1;

    private readonly DecodedColumn<int[]> shapes = new(table.Shapes, ReadShape);
    private readonly ValueColumn? rest = table.Rest;
    private readonly IReadOnlyList<AttributeKey> keys = table.Keys;
    private readonly AttributeColumn?[] columns = new AttributeColumn?[table.Keys.Count];

    /// <summary>The attributes of a row, in the order sent.</summary>
    /// <exception cref="SegmentFormatException">The row's shape and its values do not belong together.</exception>
    public AttributeList Read(int row)
    {
        int[] shape = shapes[row];
        if (shape.Length == 0)
            return AttributeList.None;
        var items = new KeyValue[shape.Length];
        AttributeList? others = null;
        int nextOther = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] == Rest)
            {
                others ??= ReadRest(row);
                items[i] = nextOther < others.Count ? others[nextOther++] : throw Bad(row, "its shape names more attributes beside the columns than there are");
                continue;
            }
            int number = shape[i];
            if (number >= columns.Length)
                throw Bad(row, $"its shape names column {number}, but there are {columns.Length}");
            AttributeColumn column = columns[number] ??= table.Column(number);
            items[i] = column.TryGet(row, out AttributeValue value) ? new KeyValue(keys[number].Name, value) : throw Bad(row, $"its shape names column {number}, which has no value for it");
        }
        return new AttributeList(items);
    }

    private AttributeList ReadRest(int row)
    {
        ReadOnlySpan<byte> bytes = rest is null ? default : rest.Get(row, stackalloc byte[TextShape.TextBytesMax]);
        if (bytes.IsEmpty)
            return AttributeList.None;
        AttributeValue list = AttributeValueCodec.Read(bytes);
        return list.Type == AttributeType.KeyValueList ? list.AsKeyValues() : throw Bad(row, "what it has beside the columns is no list");
    }

    private static int[] ReadShape(ReadOnlySpan<byte> bytes)
    {
        var shape = new List<int>(bytes.Length);
        for (int at = 0; at < bytes.Length;)
        {
            if (!Varint.TryRead(bytes, ref at, out ulong number) || number > int.MaxValue)
                throw new SegmentFormatException("a column's number is none", "a shape", at);
            shape.Add((int)number - 1);
        }
        return [.. shape];
    }

    private static SegmentFormatException Bad(int row, string what) => new($"of row {row} {what}", "attributes", 0);
}
