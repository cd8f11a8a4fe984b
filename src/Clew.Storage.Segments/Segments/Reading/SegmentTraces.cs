using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>The traces of a segment: sorted, and each a run of rows.</summary>
internal sealed class SegmentTraces(SegmentSections sections, SegmentTable table, SegmentInfo info) : TraceIndex, ITraceSummaries
{
    private TraceColumns? columns;
    private TraceFilter? filter;

    public override int Count => info.Traces;

    public override bool HasTracesWithoutTime => info.HasTracesWithoutTime;

    public override ITraceSummaries Summaries => this;

    public TraceColumns Columns => Volatile.Read(ref columns) ?? ReadColumns();

    public override TraceId IdOf(int trace) => new((ulong)Columns.Highs[trace], Columns.Lows[trace]);

    public override long MinStartNs(int trace) => Columns.MinStarts[trace];

    public override void ReadMinStartsNs(RowBitmap traces, Span<long> startsNs)
    {
        var starts = new ForwardReader(Columns.MinStarts);
        int next = 0;
        foreach (int trace in traces)
            startsNs[next++] = starts[trace];
    }

    public override long MaxStartNs(int trace) => unchecked(Columns.MinStarts[trace] + Columns.LatestStarts[trace]);

    public override int SpanCount(int trace) => EndRow(trace) - FirstRow(trace);

    public override int TraceOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)info.Rows, nameof(row));
        BitPackedInts firstRows = Columns.FirstRows;
        int low = 0, high = Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (firstRows[middle] <= (uint)row)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    public override void AddTracesOf(RowBitmap rows, RowBitmap traces)
    {
        // A trace is a run of rows: one search for each that has one of them, then on to its end.
        for (int row = rows.Next(0); row >= 0;)
        {
            int trace = TraceOf(row);
            traces.Set(trace);
            row = rows.Next(EndRow(trace));
        }
    }

    public override void AddRows(int trace, List<int> rows)
    {
        int end = EndRow(trace);
        for (int row = FirstRow(trace); row < end; row++)
            rows.Add(row);
    }

    public override bool MayContain(ulong low) => (Volatile.Read(ref filter) ?? ReadFilter()).MayContain(low);

    public override int Find(TraceId id)
    {
        ReadOnlySpan<ulong> lows = Columns.Lows;
        for (int trace = LowerBound(lows, id.Low); trace < lows.Length && lows[trace] == id.Low; trace++)
        {
            if ((ulong)Columns.Highs[trace] == id.High)
                return trace;
        }
        return -1;
    }

    public override void FindByLow(ulong low, List<int> traces)
    {
        ReadOnlySpan<ulong> lows = Columns.Lows;
        for (int trace = LowerBound(lows, low); trace < lows.Length && lows[trace] == low; trace++)
            traces.Add(trace);
    }

    public int FirstRow(int trace) => (int)Columns.FirstRows[trace];

    /// <summary>The row behind a trace's last.</summary>
    public int EndRow(int trace) => trace + 1 < Count ? (int)Columns.FirstRows[trace + 1] : info.Rows;

    /// <summary>The row that stands at a place within a trace.</summary>
    /// <exception cref="SegmentFormatException">The trace has fewer.</exception>
    public int RowWithin(int trace, long place) => (ulong)place < (ulong)SpanCount(trace)
        ? FirstRow(trace) + (int)place
        : throw new SegmentFormatException($"a span or a trace refers to row {place} of trace {trace}, which has {SpanCount(trace)}", nameof(SegmentSection.Parents), 0);

    /// <summary>Adds the rows that start in the range, and perhaps rows without a time. Traces that are within the range, or outside, are not looked at row by row.</summary>
    public void StartsIn(TimeRange range, RowBitmap rows)
    {
        // Read in order: reading one value of a column decodes those before it.
        const int some = 256;
        Span<long> mins = stackalloc long[some], latest = stackalloc long[some];
        Span<uint> firstRows = stackalloc uint[some];
        TraceColumns of = Columns;
        var offsets = new ForwardReader(table.StartOffsetsNs);
        for (int start = 0; start < Count; start += some)
        {
            int count = Math.Min(some, Count - start);
            of.MinStarts.Read(start, mins[..count]);
            of.LatestStarts.Read(start, latest[..count]);
            of.FirstRows.Unpack(start, firstRows[..count]);
            for (int i = 0; i < count; i++)
            {
                var starts = new TimeRange(mins[i], unchecked(mins[i] + latest[i]));
                if (!range.Overlaps(starts))
                    continue;
                int end = i + 1 < count ? (int)firstRows[i + 1] : EndRow(start + i);
                if (range.FromNs <= starts.FromNs && starts.ToNs <= range.ToNs)
                {
                    rows.SetRange((int)firstRows[i], end);
                    continue;
                }
                for (int row = (int)firstRows[i]; row < end; row++)
                {
                    if (range.Contains(StartOffsets.Decode(offsets[row], starts.FromNs)))
                        rows.Set(row);
                }
            }
        }
    }

    public TraceFigures FiguresOf(int trace)
    {
        TraceColumns of = Columns;
        long minStartNs = of.MinStarts[trace];
        return new TraceFigures(minStartNs, unchecked(minStartNs + of.Ends[trace]), SpanCount(trace), (int)of.Errors[trace], (int)of.Orphans[trace], RowWithin(trace, of.Roots[trace]));
    }

    public TraceSummary SummaryOf(int trace)
    {
        TraceFigures figures = FiguresOf(trace);
        return new TraceSummary
        {
            TraceId = IdOf(trace),
            RootServiceName = Texts.Of(table.Services, figures.RootRow),
            RootName = Texts.Of(table.Names, figures.RootRow),
            StartNs = figures.MinStartNs,
            DurationNs = unchecked(figures.EndNs - figures.MinStartNs),
            SpanCount = figures.SpanCount,
            ErrorCount = figures.ErrorCount,
            OrphanCount = figures.OrphanCount,
            Services = ServicesOf(trace),
        };
    }

    private EquatableList<ServiceSummary> ServicesOf(int trace)
    {
        var counts = new SortedDictionary<string, (int Spans, int Errors)>(StringComparer.Ordinal);
        int end = EndRow(trace);
        for (int row = FirstRow(trace); row < end; row++)
        {
            string name = Texts.Of(table.Services, row);
            (int spans, int errors) = counts.GetValueOrDefault(name);
            counts[name] = (spans + 1, errors + (table.Statuses[row] == (uint)StatusCode.Error ? 1 : 0));
        }
        return new EquatableList<ServiceSummary>([.. counts.Select(static count => new ServiceSummary(count.Key, count.Value.Spans, count.Value.Errors))]);
    }

    private TraceColumns ReadColumns()
    {
        TraceColumns read = TraceColumns.Read(sections.Open(SegmentSection.Traces), info.Traces, info.Rows);
        return Interlocked.CompareExchange(ref columns, read, null) ?? read;
    }

    private TraceFilter ReadFilter()
    {
        ColumnReader reader = sections.Open(SegmentSection.TraceFilter);
        TraceFilter read = TraceFilter.Read(reader);
        reader.ExpectEnd();
        return Interlocked.CompareExchange(ref filter, read, null) ?? read;
    }

    private static int LowerBound(ReadOnlySpan<ulong> lows, ulong low)
    {
        int from = 0, to = lows.Length;
        while (from < to)
        {
            int middle = (from + to) >> 1;
            if (lows[middle] < low)
                from = middle + 1;
            else
                to = middle;
        }
        return from;
    }
}
