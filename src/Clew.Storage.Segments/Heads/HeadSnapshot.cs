using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>What a head held when a batch was published. Views of the growing columns, made when they are asked for; none of them sees rows that came later.</summary>
internal sealed class HeadSnapshot(HeadParts parts, HeadCounts counts) : SpanTable
{
    private readonly HeadSpans spans = parts.Spans;
    private readonly HeadTraceIndex traces = new(parts, counts);
    private readonly AttributeTable attributes = parts.Attributes.Snapshot(counts.Rows, counts.AttributeColumns);
    private readonly EventTable events = parts.Events.Snapshot(counts.Events, counts.EventAttributeColumns);
    private readonly LinkTable links = parts.Links.Snapshot(counts.Links, counts.LinkAttributeColumns);

    public override int RowCount => counts.Rows;

    public override TraceIndex Traces => traces;

    public override ValueColumn Services => spans.Services.Snapshot(counts.Rows);

    public override ValueColumn Names => spans.Names.Snapshot(counts.Rows);

    public override BitPackedInts Kinds => Bytes(spans.Kinds);

    public override BitPackedInts Statuses => Bytes(spans.Statuses);

    public override ValueColumn StatusMessages => spans.StatusMessages.Snapshot(counts.Rows);

    public override ValueColumn TraceStates => spans.TraceStates.Snapshot(counts.Rows);

    public override Int64Column DurationsNs => Int64Column.Plain(spans.DurationsNs.Bytes(counts.Rows));

    public override ValueColumn Resources => spans.Resources.Snapshot(counts.Rows);

    public override ValueColumn Scopes => spans.Scopes.Snapshot(counts.Rows);

    public override ValueColumn LocalEndpoints => spans.LocalEndpoints.Snapshot(counts.Rows);

    public override ValueColumn RemoteEndpoints => spans.RemoteEndpoints.Snapshot(counts.Rows);

    public override Int64Column Flags => spans.Flags.Snapshot(counts.Rows);

    public override BitPackedInts Traits => Bytes(spans.Traits);

    public override Int64Column DroppedAttributesCounts => spans.DroppedAttributesCounts.Snapshot(counts.Rows);

    public override Int64Column DroppedEventsCounts => spans.DroppedEventsCounts.Snapshot(counts.Rows);

    public override Int64Column DroppedLinksCounts => spans.DroppedLinksCounts.Snapshot(counts.Rows);

    public override AttributeTable Attributes => attributes;

    public override EventTable Events => events;

    public override LinkTable Links => links;

    public override SpanId SpanIdOf(int row) => new(spans.SpanIds.Values(counts.Rows)[row]);

    public override SpanId ParentOf(int row) => new(spans.Parents.Values(counts.Rows)[row]);

    public override long StartNsOf(int row) => spans.StartsNs.Values(counts.Rows)[row];

    public override void ReadSpanIds(int start, Span<ulong> destination) => spans.SpanIds.Values(counts.Rows).Slice(start, destination.Length).CopyTo(destination);

    public override void ReadParents(int start, Span<ulong> destination) => spans.Parents.Values(counts.Rows).Slice(start, destination.Length).CopyTo(destination);

    public override void ReadStartsNs(int start, Span<long> destination) => spans.StartsNs.Values(counts.Rows).Slice(start, destination.Length).CopyTo(destination);

    public override void Roots(RowBitmap rows) => ValueScan.Run(spans.Parents.Values(counts.Rows), new EqualTo<ulong>(0), Words(rows));

    public override void StartsIn(TimeRange range, RowBitmap rows)
    {
        if (range == TimeRange.All)
        {
            rows.SetAll();
            return;
        }
        ReadOnlySpan<long> startsNs = spans.StartsNs.Values(counts.Rows);
        ValueScan.Run(startsNs, new InRange<long>(range.FromNs, range.ToNs), Words(rows));
        // A span without a time is in no range but the whole one.
        if (!range.Contains(0))
            return;
        using RowBitmap untimed = RowBitmap.Rent(counts.Rows);
        ValueScan.Run(startsNs, new EqualTo<long>(0), untimed.Words);
        rows.AndNot(untimed);
    }

    private Span<ulong> Words(RowBitmap rows) =>
        rows.RowCount == counts.Rows ? rows.Words : throw new ArgumentException($"The bitmap has {rows.RowCount} rows, the table {counts.Rows}.", nameof(rows));

    private BitPackedInts Bytes(AppendBuffer<byte> values) => new(values.Bytes(counts.Rows), 8, counts.Rows);
}
