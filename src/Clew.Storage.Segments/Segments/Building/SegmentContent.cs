using System.Buffers;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>Writes the columns of a segment, one after the other: at most a few of them are in memory at a time.</summary>
internal sealed class SegmentContent(IReadOnlyList<SpanTable> inputs, RowOrder order, SegmentOutput output, CancellationToken cancellation)
{
    public int EventRows { get; private set; }

    public int LinkRows { get; private set; }

    public int UntimedRows { get; private set; }

    public bool HasTracesWithoutTime { get; private set; }

    private ColumnWriter Writer => output.Writer;

    public void Write()
    {
        WriteFilter();
        WriteIdentity();
        WriteStarts();
        WriteTexts(SegmentSection.Services, isText: true, static table => table.Services);
        WriteTexts(SegmentSection.Names, isText: true, static table => table.Names);
        WriteCodes(SegmentSection.Kinds, static table => table.Kinds);
        WriteTexts(SegmentSection.StatusMessages, isText: true, static table => table.StatusMessages);
        WriteTexts(SegmentSection.TraceStates, isText: true, static table => table.TraceStates);
        WriteTexts(SegmentSection.Resources, isText: false, static table => table.Resources);
        WriteTexts(SegmentSection.Scopes, isText: false, static table => table.Scopes);
        WriteTexts(SegmentSection.LocalEndpoints, isText: false, static table => table.LocalEndpoints);
        WriteTexts(SegmentSection.RemoteEndpoints, isText: false, static table => table.RemoteEndpoints);
        WriteNumbers(SegmentSection.Flags, static table => table.Flags);
        WriteCodes(SegmentSection.Traits, static table => table.Traits);
        WriteNumbers(SegmentSection.DroppedAttributes, static table => table.DroppedAttributesCounts);
        WriteNumbers(SegmentSection.DroppedEvents, static table => table.DroppedEventsCounts);
        WriteNumbers(SegmentSection.DroppedLinks, static table => table.DroppedLinksCounts);
        WriteAttributes(SegmentSection.SpanAttributeKeys, static table => table.Attributes, order.NewRows, order.RowCount);
        WriteEvents();
        WriteLinks();
    }

    private void WriteFilter()
    {
        var lows = new ulong[order.TraceCount];
        for (int i = 0; i < lows.Length; i++)
            lows[i] = order.Ids[i].Low;
        TraceFilter.Of(lows).WriteTo(Writer);
        output.End(SegmentSection.TraceFilter);
    }

    // What the table of traces is made of is gathered once for it and for its own column.
    private void WriteIdentity()
    {
        int rows = order.RowCount;
        ulong[] spanIds = ArrayPool<ulong>.Shared.Rent(rows), parents = ArrayPool<ulong>.Shared.Rent(rows);
        long[] durations = ArrayPool<long>.Shared.Rent(rows), codes = ArrayPool<long>.Shared.Rent(rows);
        uint[] statuses = ArrayPool<uint>.Shared.Rent(rows);
        try
        {
            Gather(static (table, ids) => table.ReadSpanIds(0, ids), spanIds);
            Gather(static (table, ids) => table.ReadParents(0, ids), parents);
            NumberUnion.Gather(order.Place(static table => table.DurationsNs), durations.AsSpan(0, rows));
            NumberUnion.Gather(order.Place(static table => table.Statuses), statuses.AsSpan(0, rows));
            var traces = new TraceTableWriter(order, spanIds.AsMemory(0, rows), parents.AsMemory(0, rows), durations.AsMemory(0, rows), statuses.AsMemory(0, rows));
            traces.WriteParents(Writer, codes.AsSpan(0, rows));
            output.End(SegmentSection.Parents);
            traces.WriteTraces(Writer, codes.AsSpan(0, rows));
            output.End(SegmentSection.Traces);
            IdBytes.Column(spanIds.AsSpan(0, rows)).WriteTo(Writer);
            output.End(SegmentSection.SpanIds);
            Int64Column.From(durations.AsSpan(0, rows)).WriteTo(Writer);
            output.End(SegmentSection.Durations);
            BitPackedInts.Pack(statuses.AsSpan(0, rows)).WriteTo(Writer);
            output.End(SegmentSection.Statuses);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(spanIds);
            ArrayPool<ulong>.Shared.Return(parents);
            ArrayPool<long>.Shared.Return(durations);
            ArrayPool<long>.Shared.Return(codes);
            ArrayPool<uint>.Shared.Return(statuses);
        }
    }

    private void Gather(Action<SpanTable, Span<ulong>> read, ulong[] destination)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            ReadOnlySpan<int> rows = order.NewRows(i).Span;
            ulong[] values = ArrayPool<ulong>.Shared.Rent(Math.Max(1, rows.Length));
            read(inputs[i], values.AsSpan(0, rows.Length));
            for (int row = 0; row < rows.Length; row++)
                destination[rows[row]] = values[row];
            ArrayPool<ulong>.Shared.Return(values);
        }
    }

    private void WriteStarts()
    {
        long[] offsets = ArrayPool<long>.Shared.Rent(order.RowCount);
        for (int trace = 0; trace < order.TraceCount; trace++)
        {
            int first = order.FirstRows[trace], end = order.FirstRows[trace + 1];
            HasTracesWithoutTime |= !order.StartsNs[first..end].ContainsAnyExcept(0L);
            StartOffsets.Encode(order.StartsNs[first..end], offsets.AsSpan(first..end));
        }
        Int64Column.From(offsets.AsSpan(0, order.RowCount)).WriteTo(Writer);
        UntimedRows = order.StartsNs.Count(0L);
        ArrayPool<long>.Shared.Return(offsets);
        output.End(SegmentSection.Starts);
    }

    private void WriteTexts(SegmentSection section, bool isText, Func<SpanTable, ValueColumn> column)
    {
        cancellation.ThrowIfCancellationRequested();
        ValueUnion.Unite(order.Place(column), order.RowCount, isText).WriteTo(Writer);
        output.End(section);
    }

    private void WriteNumbers(SegmentSection section, Func<SpanTable, Int64Column> column)
    {
        cancellation.ThrowIfCancellationRequested();
        NumberUnion.Unite(order.Place(column), order.RowCount).WriteTo(Writer);
        output.End(section);
    }

    private void WriteCodes(SegmentSection section, Func<SpanTable, BitPackedInts> column)
    {
        cancellation.ThrowIfCancellationRequested();
        NumberUnion.Unite(order.Place(column), order.RowCount).WriteTo(Writer);
        output.End(section);
    }

    private void WriteAttributes(SegmentSection first, Func<SpanTable, AttributeTable> table, Func<int, ReadOnlyMemory<int>> newRows, int rowCount)
    {
        AttributeTable[] tables = [.. inputs.Select(table)];
        new AttributeTableWriter(tables, [.. Enumerable.Range(0, inputs.Count).Select(newRows)], rowCount).Write(output, first, cancellation);
    }

    private void WriteEvents()
    {
        cancellation.ThrowIfCancellationRequested();
        EventTable[] events = [.. inputs.Select(static table => table.Events)];
        using DetailOrder details = DetailOrder.Of(order, [.. events.Select(static table => table.SpanRows)], out Int64Column spanRows);
        EventRows = details.RowCount;
        spanRows.WriteTo(Writer);
        NumberUnion.Unite(details.Place(i => events[i].OffsetsNs), EventRows).WriteTo(Writer);
        ValueUnion.Unite(details.Place(i => events[i].Names), EventRows, isText: true).WriteTo(Writer);
        NumberUnion.Unite(details.Place(i => events[i].DroppedAttributesCounts), EventRows).WriteTo(Writer);
        output.End(SegmentSection.Events);
        WriteAttributes(SegmentSection.EventAttributeKeys, static table => table.Events.Attributes, details.NewRows, EventRows);
    }

    private void WriteLinks()
    {
        cancellation.ThrowIfCancellationRequested();
        LinkTable[] links = [.. inputs.Select(static table => table.Links)];
        using DetailOrder details = DetailOrder.Of(order, [.. links.Select(static table => table.SpanRows)], out Int64Column spanRows);
        LinkRows = details.RowCount;
        spanRows.WriteTo(Writer);
        NumberUnion.Unite(details.Place(i => links[i].TraceIds), LinkRows, width: 16).WriteTo(Writer);
        NumberUnion.Unite(details.Place(i => links[i].SpanIds), LinkRows, width: 8).WriteTo(Writer);
        ValueUnion.Unite(details.Place(i => links[i].TraceStates), LinkRows, isText: true).WriteTo(Writer);
        NumberUnion.Unite(details.Place(i => links[i].Flags), LinkRows).WriteTo(Writer);
        NumberUnion.Unite(details.Place(i => links[i].DroppedAttributesCounts), LinkRows).WriteTo(Writer);
        output.End(SegmentSection.Links);
        WriteAttributes(SegmentSection.LinkAttributeKeys, static table => table.Links.Attributes, details.NewRows, LinkRows);
    }
}
