using System.Text;
using Clew.Model;

namespace Clew.Storage.Segments.Tables;

/// <summary>Makes the events of spans. Columns but that of the spans' rows are first asked for when a span has events. One thread at a time.</summary>
internal sealed class EventAssembler(EventTable table)
{
    private readonly SpanRowRuns runs = new(table.SpanRows);
    private Columns? columns;

    /// <exception cref="SegmentFormatException">A column is damaged.</exception>
    public EquatableList<SpanEvent> Read(int spanRow, long spanStartNs)
    {
        (int start, int count) = runs.Find(spanRow);
        if (count == 0)
            return EquatableList<SpanEvent>.None;
        columns ??= new Columns(table);
        var events = new SpanEvent[count];
        for (int i = 0; i < count; i++)
            events[i] = columns.Read(start + i, spanStartNs);
        return new EquatableList<SpanEvent>(events);
    }

    private sealed class Columns(EventTable table)
    {
        private readonly Int64Column offsetsNs = table.OffsetsNs;
        private readonly DecodedColumn<string> names = new(table.Names, Encoding.UTF8.GetString);
        private readonly Int64Column droppedAttributesCounts = table.DroppedAttributesCounts;
        private readonly AttributeAssembler attributes = new(table.Attributes);

        public SpanEvent Read(int row, long spanStartNs) => new(unchecked(spanStartNs + offsetsNs[row]), names[row])
        {
            Attributes = attributes.Read(row),
            DroppedAttributesCount = (uint)droppedAttributesCounts[row],
        };
    }
}
