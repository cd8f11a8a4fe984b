using System.Buffers.Binary;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>The growing links of a head. One thread adds, any number take snapshots.</summary>
internal sealed class HeadLinks(ColumnPlace place)
{
    private readonly AppendBuffer<long> spanRows = new(place["spanRows"]);
    private readonly AppendBuffer<IdBytes> traceIds = new(place["traceIds"]);
    private readonly AppendBuffer<ulong> spanIds = new(place["spanIds"]);
    private readonly CodeColumnBuilder traceStates = new(place["traceStates"], isText: true);
    private readonly NumberColumnBuilder flags = new(place["flags"]);
    private readonly NumberColumnBuilder droppedAttributesCounts = new(place["droppedAttributesCounts"]);

    public HeadAttributes Attributes { get; } = new(place["attributes"]);

    /// <summary>Rows added; for the writer.</summary>
    public int Count => spanRows.Count;

    public void Append(int spanRow, SpanBatch batch, SliceBytes bytesOf, ReadOnlySpan<LinkRow> links)
    {
        foreach (ref readonly LinkRow link in links)
        {
            spanRows.Add(spanRow);
            traceIds.Add(new IdBytes(BigEndian(link.TraceId.High), BigEndian(link.TraceId.Low)));
            spanIds.Add(BigEndian(link.SpanId.Value));
            traceStates.Add(bytesOf[link.TraceState]);
            flags.Add(link.Flags);
            droppedAttributesCounts.Add(link.DroppedAttributesCount);
            Attributes.Append(batch, bytesOf, batch.OtherAttributes.Slice(link.Attributes));
        }
    }

    public LinkTable Snapshot(int rowCount, int columnCount) => new Table(this, rowCount, columnCount);

    private static ulong BigEndian(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    // The 16 bytes of a trace id in the order they are compared in.
    private readonly record struct IdBytes(ulong First, ulong Second);

    private sealed class Table(HeadLinks links, int rowCount, int columnCount) : LinkTable
    {
        private readonly AttributeTable attributes = links.Attributes.Snapshot(rowCount, columnCount);

        public override int RowCount => rowCount;

        public override Int64Column SpanRows => Int64Column.Plain(links.spanRows.Bytes(rowCount));

        public override FixedBytesColumn TraceIds => new(links.traceIds.Bytes(rowCount), 16);

        public override FixedBytesColumn SpanIds => new(links.spanIds.Bytes(rowCount), sizeof(ulong));

        public override ValueColumn TraceStates => links.traceStates.Snapshot(rowCount);

        public override Int64Column Flags => links.flags.Snapshot(rowCount);

        public override Int64Column DroppedAttributesCounts => links.droppedAttributesCounts.Snapshot(rowCount);

        public override AttributeTable Attributes => attributes;
    }
}
