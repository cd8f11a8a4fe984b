using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

internal sealed class SegmentEvents(SegmentSections sections, int rowCount, int spanRowCount) : EventTable
{
    private readonly SegmentAttributes attributes = new(sections, SegmentSection.EventAttributeKeys, rowCount);
    private Columns? columns;

    public override int RowCount => rowCount;

    public override Int64Column SpanRows => Read.SpanRows;

    public override Int64Column OffsetsNs => Read.OffsetsNs;

    public override ValueColumn Names => Read.Names;

    public override Int64Column DroppedAttributesCounts => Read.DroppedAttributes;

    public override AttributeTable Attributes => attributes;

    private Columns Read => Volatile.Read(ref columns) ?? ReadColumns();

    private Columns ReadColumns()
    {
        ColumnReader reader = sections.Open(SegmentSection.Events);
        var read = new Columns(
            DetailRows.Read(reader, rowCount, spanRowCount),
            Int64Column.Read(reader, rowCount),
            ValueColumn.Read(reader, rowCount),
            Int64Column.Read(reader, rowCount));
        reader.ExpectEnd();
        return Interlocked.CompareExchange(ref columns, read, null) ?? read;
    }

    private sealed record Columns(Int64Column SpanRows, Int64Column OffsetsNs, ValueColumn Names, Int64Column DroppedAttributes);
}
