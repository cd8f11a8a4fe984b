using System.Text;
using Clew.Model;

namespace Clew.Storage.Segments.Tables;

/// <summary>Makes the links of spans. Columns but that of the spans' rows are first asked for when a span has links. One thread at a time.</summary>
internal sealed class LinkAssembler(LinkTable table)
{
    private readonly SpanRowRuns runs = new(table.SpanRows);
    private Columns? columns;

    /// <exception cref="SegmentFormatException">A column is damaged.</exception>
    public EquatableList<SpanLink> Read(int spanRow)
    {
        (int start, int count) = runs.Find(spanRow);
        if (count == 0)
            return EquatableList<SpanLink>.None;
        columns ??= new Columns(table);
        var links = new SpanLink[count];
        for (int i = 0; i < count; i++)
            links[i] = columns.Read(start + i);
        return new EquatableList<SpanLink>(links);
    }

    private sealed class Columns(LinkTable table)
    {
        private readonly FixedBytesColumn traceIds = table.TraceIds;
        private readonly FixedBytesColumn spanIds = table.SpanIds;
        private readonly DecodedColumn<string> traceStates = new(table.TraceStates, Encoding.UTF8.GetString);
        private readonly Int64Column flags = table.Flags;
        private readonly Int64Column droppedAttributesCounts = table.DroppedAttributesCounts;
        private readonly AttributeAssembler attributes = new(table.Attributes);

        public SpanLink Read(int row)
        {
            if (!TraceId.TryFromBytes(traceIds[row], out TraceId traceId) || !SpanId.TryFromBytes(spanIds[row], out SpanId spanId))
                throw new SegmentFormatException($"the ids of row {row} have {traceIds.Width} and {spanIds.Width} bytes", "links", 0);
            return new SpanLink(traceId, spanId)
            {
                TraceState = traceStates[row],
                Attributes = attributes.Read(row),
                DroppedAttributesCount = (uint)droppedAttributesCounts[row],
                Flags = (uint)flags[row],
            };
        }
    }
}
