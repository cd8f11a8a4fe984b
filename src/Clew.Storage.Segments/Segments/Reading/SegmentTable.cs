using System.Runtime.CompilerServices;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>
/// A segment's spans. Each column is read when it is first asked for; two threads that ask at once both read it, and one's is kept: a lock would cost every
/// later use.
/// </summary>
internal sealed class SegmentTable : SpanTable
{
    private readonly SegmentSections sections;
    private readonly SegmentFooter footer;
    private readonly SegmentTraces traces;
    private readonly SegmentAttributes attributes;
    private readonly SegmentEvents events;
    private readonly SegmentLinks links;
    private ValueColumn? services, names, statusMessages, traceStates, resources, scopes, localEndpoints, remoteEndpoints;
    private Int64Column? starts, durations, flags, droppedAttributes, droppedEvents, droppedLinks;
    private StrongBox<BitPackedInts>? kinds, statuses, traits;
    private FixedBytesColumn? spanIds;
    private SegmentParents? parents;

    public SegmentTable(SegmentSections sections, SegmentFooter footer)
    {
        this.sections = sections;
        this.footer = footer;
        traces = new SegmentTraces(sections, this, footer.Info);
        attributes = new SegmentAttributes(sections, SegmentSection.SpanAttributeKeys, RowCount);
        events = new SegmentEvents(sections, footer.EventRows, RowCount);
        links = new SegmentLinks(sections, footer.LinkRows, RowCount);
    }

    public override int RowCount => footer.Info.Rows;

    public override TraceIndex Traces => traces;

    public override ValueColumn Services => Texts(ref services, SegmentSection.Services);

    public override ValueColumn Names => Texts(ref names, SegmentSection.Names);

    public override BitPackedInts Kinds => Codes(ref kinds, SegmentSection.Kinds);

    public override BitPackedInts Statuses => Codes(ref statuses, SegmentSection.Statuses);

    public override ValueColumn StatusMessages => Texts(ref statusMessages, SegmentSection.StatusMessages);

    public override ValueColumn TraceStates => Texts(ref traceStates, SegmentSection.TraceStates);

    public override Int64Column DurationsNs => Numbers(ref durations, SegmentSection.Durations);

    public override ValueColumn Resources => Texts(ref resources, SegmentSection.Resources);

    public override ValueColumn Scopes => Texts(ref scopes, SegmentSection.Scopes);

    public override ValueColumn LocalEndpoints => Texts(ref localEndpoints, SegmentSection.LocalEndpoints);

    public override ValueColumn RemoteEndpoints => Texts(ref remoteEndpoints, SegmentSection.RemoteEndpoints);

    public override Int64Column Flags => Numbers(ref flags, SegmentSection.Flags);

    public override BitPackedInts Traits => Codes(ref traits, SegmentSection.Traits);

    public override Int64Column DroppedAttributesCounts => Numbers(ref droppedAttributes, SegmentSection.DroppedAttributes);

    public override Int64Column DroppedEventsCounts => Numbers(ref droppedEvents, SegmentSection.DroppedEvents);

    public override Int64Column DroppedLinksCounts => Numbers(ref droppedLinks, SegmentSection.DroppedLinks);

    public override AttributeTable Attributes => attributes;

    public override EventTable Events => events;

    public override LinkTable Links => links;

    public SegmentInfo Info => footer.Info;

    /// <summary>Spans without a time, as the footer says.</summary>
    public int UntimedRows => footer.UntimedRows;

    /// <summary>Differences from the trace's earliest start; see <see cref="StartOffsets"/>.</summary>
    public Int64Column StartOffsetsNs => Numbers(ref starts, SegmentSection.Starts);

    public SegmentParents Parents => Volatile.Read(ref parents) ?? Keep(ref parents, ReadParents());

    public FixedBytesColumn SpanIds => Volatile.Read(ref spanIds) ?? Keep(ref spanIds, ReadSpanIds());

    public override SpanId SpanIdOf(int row) => new(IdBytes.Read(SpanIds, row));

    public override SpanId ParentOf(int row) => ParentOf(row, Parents.CodeOf(row), traces.TraceOf(row));

    public override long StartNsOf(int row) => StartOffsets.Decode(StartOffsetsNs[row], traces.MinStartNs(traces.TraceOf(row)));

    public override void ReadSpanIds(int start, Span<ulong> destination) => IdBytes.Read(SpanIds, start, destination);

    public override void ReadParents(int start, Span<ulong> destination)
    {
        Parents.ReadCodes(start, destination);
        int trace = destination.IsEmpty ? 0 : traces.TraceOf(start);
        for (int i = 0; i < destination.Length; i++)
        {
            if (start + i == traces.EndRow(trace))
                trace++;
            destination[i] = ParentOf(start + i, (long)destination[i], trace).Value;
        }
    }

    public override void ReadStartsNs(int start, Span<long> destination)
    {
        StartOffsetsNs.Read(start, destination);
        for (int done = 0; done < destination.Length;)
        {
            int trace = traces.TraceOf(start + done);
            int end = Math.Min(destination.Length, traces.EndRow(trace) - start);
            long min = traces.MinStartNs(trace);
            for (; done < end; done++)
                destination[done] = StartOffsets.Decode(destination[done], min);
        }
    }

    public override void Roots(RowBitmap rows) => Parents.Roots(rows);

    public override void StartsIn(TimeRange range, RowBitmap rows)
    {
        if (range == TimeRange.All)
        {
            rows.SetAll();
            return;
        }
        rows.Clear();
        if (!footer.Info.Starts.Any(range.Overlaps))
            return;
        if (footer.Info.Starts.All(starts => range.FromNs <= starts.FromNs && starts.ToNs <= range.ToNs))
            rows.SetAll();
        else
            traces.StartsIn(range, rows);
        if (footer.UntimedRows == 0)
            return;
        using RowBitmap untimed = RowBitmap.Rent(RowCount);
        StartOffsetsNs.InRange(0, 0, untimed);
        rows.AndNot(untimed);
    }

    private SpanId ParentOf(int row, long code, int trace) => code switch
    {
        TraceTableWriter.NoParent => default,
        TraceTableWriter.OuterParent => new SpanId(Parents.OuterOf(row)),
        _ => SpanIdOf(traces.RowWithin(trace, code - TraceTableWriter.FirstInnerParent)),
    };

    private SegmentParents ReadParents() => SegmentParents.Read(sections.Open(SegmentSection.Parents), RowCount);

    private FixedBytesColumn ReadSpanIds() => Whole(sections.Open(SegmentSection.SpanIds), reader => FixedBytesColumn.Read(reader, RowCount, sizeof(ulong)));

    private ValueColumn Texts(ref ValueColumn? kept, SegmentSection section) =>
        Volatile.Read(ref kept) ?? Keep(ref kept, Whole(sections.Open(section), reader => ValueColumn.Read(reader, RowCount)));

    private Int64Column Numbers(ref Int64Column? kept, SegmentSection section) =>
        Volatile.Read(ref kept) ?? Keep(ref kept, Whole(sections.Open(section), reader => Int64Column.Read(reader, RowCount)));

    private BitPackedInts Codes(ref StrongBox<BitPackedInts>? kept, SegmentSection section) =>
        (Volatile.Read(ref kept) ?? Keep(ref kept, new StrongBox<BitPackedInts>(Whole(sections.Open(section), reader => BitPackedInts.Read(reader, RowCount))))).Value;

    private static T Keep<T>(ref T? kept, T read) where T : class => Interlocked.CompareExchange(ref kept, read, null) ?? read;

    private static T Whole<T>(ColumnReader reader, Func<ColumnReader, T> read)
    {
        T column = read(reader);
        reader.ExpectEnd();
        return column;
    }
}
