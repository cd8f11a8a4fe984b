using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>The growing events of a head. One thread adds, any number take snapshots.</summary>
internal sealed class HeadEvents(ColumnPlace place)
{
    private readonly AppendBuffer<long> spanRows = new(place["spanRows"]);
    private readonly AppendBuffer<long> offsetsNs = new(place["offsetsNs"]);
    private readonly CodeColumnBuilder names = new(place["names"], isText: true);
    private readonly NumberColumnBuilder droppedAttributesCounts = new(place["droppedAttributesCounts"]);

    public HeadAttributes Attributes { get; } = new(place["attributes"]);

    /// <summary>Rows added; for the writer.</summary>
    public int Count => spanRows.Count;

    public void Append(int spanRow, long startNs, SpanBatch batch, SliceBytes bytesOf, ReadOnlySpan<EventRow> events)
    {
        foreach (ref readonly EventRow item in events)
        {
            spanRows.Add(spanRow);
            offsetsNs.Add(unchecked(item.TimeNs - startNs));
            names.Add(bytesOf[item.Name]);
            droppedAttributesCounts.Add(item.DroppedAttributesCount);
            Attributes.Append(batch, bytesOf, batch.OtherAttributes.Slice(item.Attributes));
        }
    }

    public EventTable Snapshot(int rowCount, int columnCount) => new Table(this, rowCount, columnCount);

    private sealed class Table(HeadEvents events, int rowCount, int columnCount) : EventTable
    {
        private readonly AttributeTable attributes = events.Attributes.Snapshot(rowCount, columnCount);

        public override int RowCount => rowCount;

        public override Int64Column SpanRows => Int64Column.Plain(events.spanRows.Bytes(rowCount));

        public override Int64Column OffsetsNs => Int64Column.Plain(events.offsetsNs.Bytes(rowCount));

        public override ValueColumn Names => events.names.Snapshot(rowCount);

        public override Int64Column DroppedAttributesCounts => events.droppedAttributesCounts.Snapshot(rowCount);

        public override AttributeTable Attributes => attributes;
    }
}
