using System.Text;
using Clew.Model;

namespace Clew.Storage.Segments.Tables;

/// <summary>Makes the events of spans. One thread at a time.</summary>
internal sealed class EventAssembler(EventTable table)
{
    private readonly SpanRowRuns runs = new(table.SpanRows);
    private readonly Int64Column offsetsNs = table.OffsetsNs;
    private readonly DecodedColumn<string> names = new(table.Names, Encoding.UTF8.GetString);
    private readonly Int64Column droppedAttributesCounts = table.DroppedAttributesCounts;
    private readonly AttributeAssembler attributes = new(table.Attributes);

    /// <exception cref="SegmentFormatException">A column is damaged.</exception>
    public EquatableList<SpanEvent> Read(int spanRow, long spanStartNs)
    {
        (int start, int count) = runs.Find(spanRow);
        if (count == 0)
            return EquatableList<SpanEvent>.None;
        var events = new SpanEvent[count];
        for (int i = 0; i < count; i++)
        {
            int row = start + i;
            events[i] = new SpanEvent(unchecked(spanStartNs + offsetsNs[row]), names[row])
            {
                Attributes = attributes.Read(row),
                DroppedAttributesCount = (uint)droppedAttributesCounts[row],
            };
        }
        return new EquatableList<SpanEvent>(events);
    }
}
