using System.Buffers;
using Clew.Model;

namespace Clew.Storage.Segments.Heads;

/// <summary>The growing column of attributes that found no column. There is none before the first of them. One thread adds, any number take snapshots.</summary>
internal sealed class HeadRest
{
    private readonly ArrayBufferWriter<byte> entries = new();
    private readonly ArrayBufferWriter<byte> row = new();
    private CodeColumnBuilder? rows;
    private int firstRow;
    private int count;

    public void AddSizes(ref HeapSizes sizes) => rows?.AddSizes(ref sizes);

    /// <summary>Adds an attribute to the row to come.</summary>
    public void Add(SpanBatch batch, in AttributeRow attribute)
    {
        entries.WriteText(batch.Bytes(attribute.Key));
        AttributeValueCodec.Write(entries, batch, attribute);
        count++;
    }

    /// <summary>Says that all attributes of a row have been seen; of every row in turn.</summary>
    /// <exception cref="HeadFullException">The dictionary is full.</exception>
    public void EndRow(int number)
    {
        if (count > 0 || rows is not null)
            AddRow(number);
    }

    public ValueColumn? Snapshot(int rowCount) => Volatile.Read(ref rows) is { } column && firstRow < rowCount ? column.Snapshot(rowCount) : null;

    private void AddRow(int number)
    {
        if (rows is null)
        {
            var builder = new CodeColumnBuilder(isText: false);
            builder.AddRepeated(builder.CodeOf([]), number);
            firstRow = number;
            Volatile.Write(ref rows, builder);
        }
        row.ResetWrittenCount();
        if (count > 0)
        {
            row.WriteByte((byte)AttributeType.KeyValueList);
            row.WriteVarint((ulong)count);
            row.Write(entries.WrittenSpan);
        }
        rows.Add(row.WrittenSpan);
        entries.ResetWrittenCount();
        count = 0;
    }
}
