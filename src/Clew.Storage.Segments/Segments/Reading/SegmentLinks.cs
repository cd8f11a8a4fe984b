using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

internal sealed class SegmentLinks(SegmentSections sections, int rowCount, int spanRowCount) : LinkTable
{
    private readonly SegmentAttributes attributes = new(sections, SegmentSection.LinkAttributeKeys, rowCount);
    private Columns? columns;

    public override int RowCount => rowCount;

    public override Int64Column SpanRows => Read.SpanRows;

    public override FixedBytesColumn TraceIds => Read.TraceIds;

    public override FixedBytesColumn SpanIds => Read.SpanIds;

    public override ValueColumn TraceStates => Read.TraceStates;

    public override Int64Column Flags => Read.Flags;

    public override Int64Column DroppedAttributesCounts => Read.DroppedAttributes;

    public override AttributeTable Attributes => attributes;

    private Columns Read => Volatile.Read(ref columns) ?? ReadColumns();

    private Columns ReadColumns()
    {
        ColumnReader reader = sections.Open(SegmentSection.Links);
        var read = new Columns(
            DetailRows.Read(reader, rowCount, spanRowCount),
            FixedBytesColumn.Read(reader, rowCount, 16),
            FixedBytesColumn.Read(reader, rowCount, 8),
            ValueColumn.Read(reader, rowCount),
            Int64Column.Read(reader, rowCount),
            Int64Column.Read(reader, rowCount));
        reader.ExpectEnd();
        return Interlocked.CompareExchange(ref columns, read, null) ?? read;
    }

    private sealed record Columns(Int64Column SpanRows, FixedBytesColumn TraceIds, FixedBytesColumn SpanIds, ValueColumn TraceStates, Int64Column Flags, Int64Column DroppedAttributes);
}
