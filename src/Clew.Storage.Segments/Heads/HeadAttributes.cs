using System.Buffers;
using Clew.Model;

namespace Clew.Storage.Segments.Heads;

/// <summary>
/// The growing attributes of spans, events or links: keys become columns, values go to their column, the order becomes a shape. One thread adds, any
/// number take snapshots.
/// </summary>
/// <remarks>
/// Rows are taken apart one by one, but their strings are put into dictionaries column by column: a column that is visited once for many values stays near, and what
/// has to be fetched from memory for them is fetched together.
/// </remarks>
internal sealed class HeadAttributes
{
    /// <summary>Rows whose strings wait to be looked up together: of an ordinary request all.</summary>
    public const int PendingRowsMax = 512;

    private readonly HeadColumns columns = new();
    private readonly HeadShapes shapes = new();
    private readonly HeadRest rest = new();
    private readonly ArrayBufferWriter<byte> scratch = new();
    private readonly List<HeadAttributeColumn> waiting = [];

    /// <summary>Rows added; for the writer.</summary>
    public int RowCount => shapes.Count;

    public int ColumnCount => columns.Count;

    public void AddSizes(ref HeapSizes sizes)
    {
        columns.AddSizes(ref sizes);
        shapes.AddSizes(ref sizes);
        rest.AddSizes(ref sizes);
    }

    /// <summary>Adds the next row. It is complete after <see cref="Flush"/>, which must come before the batch ends.</summary>
    /// <exception cref="HeadFullException">A dictionary is full; rows are then added in part.</exception>
    public void Append(SpanBatch batch, SliceBytes bytesOf, ReadOnlySpan<AttributeRow> attributes)
    {
        if (shapes.IsFull)
            Flush(bytesOf);
        int row = shapes.Count;
        shapes.BeginRow(attributes.Length);
        HeadAttributeColumn? before = null;
        foreach (ref readonly AttributeRow attribute in attributes)
        {
            if (columns.ForNext(bytesOf[attribute.Key], row, before) is { } column)
            {
                if (attribute.Type == AttributeType.String)
                    AddText(column, row, attribute.Slice);
                else
                    AddValue(column.Values, row, batch, bytesOf, attribute);
                shapes.Add(column.Number);
                before = column;
            }
            else
            {
                rest.Add(batch, attribute);
                shapes.AddRest();
            }
        }
        rest.EndRow(row);
        shapes.EndRow();
    }

    /// <summary>Completes the rows added so far.</summary>
    /// <exception cref="HeadFullException">A dictionary is full; rows are then added in part.</exception>
    public void Flush(SliceBytes bytesOf)
    {
        foreach (HeadAttributeColumn column in waiting)
            column.Texts.MoveTo(column.Values, bytesOf);
        waiting.Clear();
        shapes.Flush();
    }

    public HeadAttributeTable Snapshot(int rowCount, int publishedColumns) => new(this, rowCount, publishedColumns);

    internal HeadAttributeColumn ColumnAt(int number) => columns[number];

    internal HeadAttributeColumn? FirstColumn(ReadOnlySpan<byte> keyUtf8) => columns.Find(keyUtf8);

    internal ValueColumn Shapes(int rowCount) => shapes.Snapshot(rowCount);

    internal ValueColumn? Rest(int rowCount) => rest.Snapshot(rowCount);

    private void AddText(HeadAttributeColumn column, int row, Utf8Slice value)
    {
        if (column.Texts.IsEmpty)
            waiting.Add(column);
        column.Texts.Add(row, value);
    }

    private void AddValue(AttributeColumnBuilder values, int row, SpanBatch batch, SliceBytes bytesOf, in AttributeRow attribute)
    {
        switch (attribute.Type)
        {
            case AttributeType.Bool:
                values.Add(row, attribute.Bool);
                break;
            case AttributeType.Int64:
                values.Add(row, attribute.Int64);
                break;
            case AttributeType.Double:
                values.Add(row, attribute.Double);
                break;
            case AttributeType.Empty:
                values.AddEmpty(row);
                break;
            case AttributeType.Bytes:
                AddBytes(values, row, AttributeType.Bytes, bytesOf[attribute.Slice]);
                break;
            default:
                scratch.ResetWrittenCount();
                AttributeValueCodec.Write(scratch, batch, attribute);
                AddBytes(values, row, attribute.Type, scratch.WrittenSpan);
                break;
        }
    }

    private static void AddBytes(AttributeColumnBuilder values, int row, AttributeType type, ReadOnlySpan<byte> value)
    {
        if (!values.TryAdd(row, type, value))
            throw HeadFullException.Create();
    }
}
