using System.Buffers;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>
/// The growing attributes of spans, events or links: keys become columns, values go to their column, the order becomes a shape. One thread adds, any
/// number take snapshots.
/// </summary>
internal sealed class HeadAttributes
{
    /// <summary>Columns of one key. A span that repeats a key a thousand times must not use up the table's columns; the rest of them go to the row's rest.</summary>
    public const int OccurrencesMax = 32;

    // A column's number and 1 is at most 2,000: two bytes.
    private const int ShapeBytesMax = 2;

    private readonly ValueDictionaryBuilder keys = new(isText: true);
    private readonly CodeColumnBuilder shapes = new(isText: false);
    private readonly ArrayBufferWriter<byte> scratch = new();
    private readonly ArrayBufferWriter<byte> restEntries = new();
    private HeadAttributeColumn[] columns = new HeadAttributeColumn[16];
    private HeadAttributeColumn[] firstColumns = new HeadAttributeColumn[16];
    private HeadAttributeColumn? usualFirst;
    private CodeColumnBuilder? rest;
    private int firstRestRow;
    private byte[] shape = new byte[64];
    private Announced[] announced = new Announced[32];
    private int columnCount;

    /// <summary>Rows added; for the writer.</summary>
    public int RowCount => shapes.Count;

    public int ColumnCount => columnCount;

    public void AddSizes(ref HeapSizes sizes)
    {
        // Of a column beside its values: the objects, its key in both forms.
        const int columnBytes = 400;
        shapes.AddSizes(ref sizes);
        rest?.AddSizes(ref sizes);
        sizes.HeapBytes += keys.HeapBytes + (long)columnCount * columnBytes;
        sizes.ValueBytes += keys.ValueBytes;
        for (int number = 0; number < columnCount; number++)
            columns[number].Values.AddSizes(ref sizes);
    }

    /// <summary>Adds the next row.</summary>
    /// <exception cref="HeadFullException">A dictionary is full; the row is then added in part.</exception>
    public void Append(SpanBatch batch, SliceBytes bytesOf, ReadOnlySpan<AttributeRow> attributes)
    {
        int row = shapes.Count;
        if (announced.Length < attributes.Length)
            announced = new Announced[attributes.Length * 2];
        if (shape.Length < attributes.Length * ShapeBytesMax)
            shape = new byte[attributes.Length * ShapeBytesMax * 2];
        Announce(row, bytesOf, attributes);
        int shapeBytes = 0, restCount = 0;
        for (int i = 0; i < attributes.Length; i++)
        {
            if (announced[i].Column is { } column)
            {
                AddValue(column.Values, row, batch, bytesOf, attributes[i], announced[i].Hash);
                shapeBytes += Varint.Write(shape.AsSpan(shapeBytes), (uint)column.Number + 1);
            }
            else
            {
                AddToRest(batch, attributes[i], restCount++);
                shape[shapeBytes++] = 0;
            }
        }
        if (restCount > 0 || rest is not null)
            AppendRest(row, restCount);
        shapes.Add(shape.AsSpan(0, shapeBytes));
    }

    public HeadAttributeTable Snapshot(int rowCount, int publishedColumns) => new(this, rowCount, publishedColumns);

    internal HeadAttributeColumn ColumnAt(int number) => Volatile.Read(ref columns)[number];

    internal HeadAttributeColumn? FirstColumn(ReadOnlySpan<byte> keyUtf8)
    {
        if (!keys.TryFind(keyUtf8, keys.Count, out uint code))
            return null;
        // A key that is being added may not have its column yet; no snapshot has it.
        HeadAttributeColumn[] first = Volatile.Read(ref firstColumns);
        return code < first.Length ? Volatile.Read(ref first[code]) : null;
    }

    internal ValueColumn Shapes(int rowCount) => shapes.Snapshot(rowCount);

    internal ValueColumn? Rest(int rowCount) => Volatile.Read(ref rest) is { } column && firstRestRow < rowCount ? column.Snapshot(rowCount) : null;

    // All values of the row are on their way from memory before the first is looked up.
    private void Announce(int row, SliceBytes bytesOf, ReadOnlySpan<AttributeRow> attributes)
    {
        HeadAttributeColumn? before = null;
        for (int i = 0; i < attributes.Length; i++)
        {
            ref readonly AttributeRow attribute = ref attributes[i];
            HeadAttributeColumn? column = ColumnOf(bytesOf[attribute.Key], row, before);
            uint hash = column is not null && attribute.Type is AttributeType.String or AttributeType.Bytes ? column.Values.Announce(attribute.Type, bytesOf[attribute.Slice]) : 0;
            announced[i] = new Announced(column, hash);
            before = column ?? before;
        }
    }

    private HeadAttributeColumn? ColumnOf(ReadOnlySpan<byte> key, int row, HeadAttributeColumn? before)
    {
        HeadAttributeColumn? first = before is null ? usualFirst : before.Follower;
        if (first is null || !key.SequenceEqual(first.KeyUtf8))
        {
            first = FindOrAddFirst(key);
            if (first is null)
                return null;
            if (before is null)
                usualFirst = first;
            else
                before.Follower = first;
        }
        if (first.LastRow == row)
            return Repeat(first);
        first.LastRow = row;
        first.LastOccurrence = first;
        return first;
    }

    private HeadAttributeColumn? FindOrAddFirst(ReadOnlySpan<byte> key)
    {
        key = Utf8Text.Normalize(key);
        if (keys.TryFind(key, keys.Count, out uint code))
            return firstColumns[code];
        if (columnCount >= AttributeTable.ColumnsMax)
            return null;
        if (!keys.TryGetOrAdd(key, out code))
            throw HeadFullException.Create();
        byte[] keyUtf8 = key.ToArray();
        HeadAttributeColumn column = AddColumn(new AttributeKey(System.Text.Encoding.UTF8.GetString(key), 0), keyUtf8);
        Put(ref firstColumns, (int)code, column);
        return column;
    }

    private HeadAttributeColumn? Repeat(HeadAttributeColumn first)
    {
        HeadAttributeColumn last = first.LastOccurrence!;
        HeadAttributeColumn? next = last.NextOccurrence;
        if (next is null)
        {
            int occurrence = last.Key.Occurrence + 1;
            if (columnCount >= AttributeTable.ColumnsMax || occurrence >= OccurrencesMax)
                return null;
            next = AddColumn(first.Key with { Occurrence = occurrence }, first.KeyUtf8);
            last.NextOccurrence = next;
        }
        first.LastOccurrence = next;
        return next;
    }

    private HeadAttributeColumn AddColumn(AttributeKey key, byte[] keyUtf8)
    {
        var column = new HeadAttributeColumn(columnCount, key, keyUtf8);
        Put(ref columns, columnCount, column);
        columnCount++;
        return column;
    }

    private static void Put(ref HeadAttributeColumn[] array, int index, HeadAttributeColumn column)
    {
        if (index >= array.Length)
        {
            var larger = new HeadAttributeColumn[Math.Max(index + 1, array.Length * 2)];
            array.CopyTo(larger, 0);
            Volatile.Write(ref array, larger);
        }
        Volatile.Write(ref array[index], column);
    }

    private void AddValue(AttributeColumnBuilder values, int row, SpanBatch batch, SliceBytes bytesOf, in AttributeRow attribute, uint hash)
    {
        switch (attribute.Type)
        {
            case AttributeType.String or AttributeType.Bytes:
                if (!values.TryAdd(row, attribute.Type, bytesOf[attribute.Slice], hash))
                    throw HeadFullException.Create();
                break;
            case AttributeType.Bool:
                values.Add(row, attribute.Bool);
                break;
            case AttributeType.Int64:
                values.Add(row, attribute.Int64);
                break;
            case AttributeType.Double:
                values.Add(row, attribute.Double);
                break;
            case AttributeType.Array or AttributeType.KeyValueList:
                scratch.ResetWrittenCount();
                AttributeValueCodec.Write(scratch, batch, attribute);
                if (!values.TryAdd(row, attribute.Type, scratch.WrittenSpan))
                    throw HeadFullException.Create();
                break;
            default:
                values.AddEmpty(row);
                break;
        }
    }

    private void AddToRest(SpanBatch batch, in AttributeRow attribute, int entriesBefore)
    {
        if (entriesBefore == 0)
            restEntries.ResetWrittenCount();
        restEntries.WriteText(batch.Bytes(attribute.Key));
        AttributeValueCodec.Write(restEntries, batch, attribute);
    }

    private void AppendRest(int row, int entries)
    {
        if (rest is null)
        {
            var builder = new CodeColumnBuilder(isText: false);
            for (int earlier = 0; earlier < row; earlier++)
                builder.Add([]);
            firstRestRow = row;
            Volatile.Write(ref rest, builder);
        }
        scratch.ResetWrittenCount();
        if (entries > 0)
        {
            scratch.WriteByte((byte)AttributeType.KeyValueList);
            scratch.WriteVarint((ulong)entries);
            scratch.Write(restEntries.WrittenSpan);
        }
        rest.Add(scratch.WrittenSpan);
    }

    /// <param name="Column">Null for the rest.</param>
    /// <param name="Hash">Of a string or byte string.</param>
    private readonly record struct Announced(HeadAttributeColumn? Column, uint Hash);
}
