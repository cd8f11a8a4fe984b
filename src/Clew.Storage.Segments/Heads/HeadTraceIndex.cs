using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>The traces of a snapshot, in the order in which they came.</summary>
internal sealed class HeadTraceIndex(HeadParts parts, HeadCounts counts) : TraceIndex
{
    private readonly HeadTraces traces = parts.Traces;
    private Summary[]? summaries;

    public override int Count => counts.Traces;

    public override TraceId IdOf(int trace) => traces.Ids.Values(counts.Traces)[trace];

    public override bool HasTracesWithoutTime => Array.Exists(SummaryOfEach, static summary => summary.MinStartNs == 0);

    public override long MinStartNs(int trace) => SummaryOfEach[trace].MinStartNs;

    public override long MaxStartNs(int trace) => SummaryOfEach[trace].MaxStartNs;

    public override int SpanCount(int trace) => SummaryOfEach[trace].Spans;

    public override int TraceOf(int row) => traces.TraceOf.Values(counts.Rows)[row];

    public override void ReadTraces(int start, Span<int> destination) => traces.TraceOf.Values(counts.Rows).Slice(start, destination.Length).CopyTo(destination);

    public override void AddTracesOf(RowBitmap rows, RowBitmap found)
    {
        ReadOnlySpan<int> traceOf = traces.TraceOf.Values(counts.Rows);
        foreach (int row in rows)
            found.Set(traceOf[row]);
    }

    public override void AddRows(int trace, List<int> rows)
    {
        ReadOnlySpan<int> next = traces.NextRows.Values(counts.Rows);
        int row = traces.FirstRows.Values(counts.Traces)[trace];
        do
        {
            rows.Add(row);
            row = next[row];
        }
        while (row != 0 && row < counts.Rows);
    }

    public override bool MayContain(ulong low) => traces.FindLow(low) >= 0;

    public override int Find(TraceId id) => traces.Find(id, counts.Traces);

    public override void FindByLow(ulong low, List<int> found)
    {
        int from = found.Count;
        for (int trace = traces.FindLow(low); trace >= 0; trace = traces.SameLow(trace))
        {
            if (trace < counts.Traces)
                found.Add(trace);
        }
        found.Sort(from, found.Count - from, Comparer<int>.Create((left, right) => IdOf(left).CompareTo(IdOf(right))));
    }

    // All at once when one is first asked for, in the order of the rows: a walk along each trace's links instead would cost a search over many traces as
    // much in no order, and one over a trace of very many spans that again for each time it asks.
    private Summary[] SummaryOfEach => Volatile.Read(ref summaries) ?? Summarize();

    private Summary[] Summarize()
    {
        var made = new Summary[counts.Traces];
        ReadOnlySpan<int> traceOf = traces.TraceOf.Values(counts.Rows);
        ReadOnlySpan<long> startsNs = parts.Spans.StartsNs.Values(counts.Rows);
        for (int row = 0; row < traceOf.Length; row++)
            made[traceOf[row]].Add(startsNs[row]);
        Volatile.Write(ref summaries, made);
        return made;
    }

    private struct Summary
    {
        public long MinStartNs;
        public long MaxStartNs;
        public int Spans;

        public void Add(long startNs)
        {
            Spans++;
            if (startNs == 0)
                return;
            MaxStartNs = MaxStartNs == 0 ? startNs : Math.Max(MaxStartNs, startNs);
            MinStartNs = TraceTime.Earlier(MinStartNs, startNs);
        }
    }
}
