using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Store;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// One search over tables. Tables are looked at newest first; the traces they give wait in a heap under the latest start they can have, and the first of it is
/// an answer once no table left can give a later one. So the newest page of a common condition touches one table or two, and the answer is exact all the same.
/// One use, one thread, which may have others help it look through tables.
/// </summary>
internal sealed class TraceSearch
{
    // Of each thread at a time: threads wait for each other between, and what is looked at beyond the page's end is in vain.
    private const int TablesEach = 2;

    private readonly SearchPlan plan;
    private readonly TraceQuery query;
    private readonly StoreTables tables;
    private readonly SearchBudget budget;
    private readonly SearchHelpers helpers;
    private readonly CancellationToken cancellationToken;
    private readonly PriorityQueue<Candidate, Candidate> waiting = new();
    private readonly HashSet<TraceId> done = [];
    private readonly CandidateCheck check;
    private readonly int[] order;
    private int tablesSeen;

    public TraceSearch(SearchPlan plan, StoreTables tables, SearchBudget budget, SearchHelpers helpers, CancellationToken cancellationToken)
    {
        this.plan = plan;
        query = plan.Query;
        this.tables = tables;
        this.budget = budget;
        this.helpers = helpers;
        this.cancellationToken = cancellationToken;
        check = new CandidateCheck(plan);
        order = [.. Enumerable.Range(0, tables.Count).OrderByDescending(table => LatestNs(tables[table]))];
    }

    public TraceSearchResult Run()
    {
        var page = new List<TraceSummary>(Math.Min(query.Limit, 64));
        TraceCursor last = default;
        while (TryTakeNext(out Candidate next))
        {
            if (budget.IsSpent)
                return Cut(page, last);
            List<TracePart> parts = TraceReader.Find(tables, next.TraceId);
            long startNs = StartOf(parts);
            if (startNs != next.StartNs)
            {
                // An earlier part is in another table: it waits for its own place.
                waiting.Enqueue(next with { StartNs = startNs }, next with { StartNs = startNs });
                continue;
            }
            if (!done.Add(next.TraceId) || query.After is { } after && !after.Precedes(startNs, next.TraceId) || !check.IsMatch(next.TraceId, parts))
                continue;
            if (page.Count == query.Limit)
                return new TraceSearchResult(page, last);
            page.Add(parts.Count == 1 ? PartSummary.Read(parts[0]) : TraceSummarizer.Summarize(TraceReader.Read(next.TraceId, parts)));
            last = new TraceCursor(startNs, next.TraceId);
        }
        return tablesSeen < order.Length ? Cut(page, last) : new TraceSearchResult(page, null);
    }

    private TraceSearchResult Cut(List<TraceSummary> page, TraceCursor last) => new(
        page, page.Count == 0 ? null : last, $"The search was ended after {budget.TimeMax.TotalSeconds:0.#} seconds; older results may be missing.");

    private bool TryTakeNext(out Candidate next)
    {
        while (tablesSeen < order.Length && (waiting.Count == 0 || LatestNs(tables[order[tablesSeen]]) >= waiting.Peek().StartNs))
        {
            if (budget.IsSpent)
                break;
            SeeMoreTables();
        }
        do
        {
            if (!waiting.TryDequeue(out next, out _))
                return false;
        }
        while (done.Contains(next.TraceId));
        return true;
    }

    // Traces without a time in this table may start at any time in another.
    private static long LatestNs(StoreTable table) => table.Segment is null or { HasTracesWithoutTime: true } ? long.MaxValue : table.MaxStartNs;

    // The newest table is looked at alone: what is common fills the page from it.
    private void SeeMoreTables()
    {
        int left = tablesSeen > 0 && plan.IsDear ? order.Length - tablesSeen : 1;
        using SearchHelpers.Team team = helpers.Take(left - 1);
        int first = tablesSeen;
        var found = new List<(Candidate, Candidate)>[team.Threads == 1 ? 1 : Math.Min(left, team.Threads * TablesEach)];
        team.Run(found.Length, work => found[work] = CandidatesOf(order[first + work]), cancellationToken);
        tablesSeen += found.Length;
        foreach (List<(Candidate, Candidate)> candidates in found)
            waiting.EnqueueRange(candidates);
    }

    // Any thread.
    private List<(Candidate, Candidate)> CandidatesOf(int number)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreTable table = tables[number];
        if (!table.MayStartIn(plan.RowRange) || plan.LeadsTo(table.Spans) is not { Count: > 0 } leads)
            return [];
        TraceIndex traces = table.Spans.Traces;
        using RowBitmap found = RowBitmap.Rent(traces.Count);
        using RowBitmap rows = RowBitmap.Rent(table.Spans.RowCount);
        foreach (RowSearch lead in leads)
        {
            lead.Find(table.Spans, plan.RowRange, rows, cancellationToken);
            if (!rows.IsEmpty)
                traces.AddTracesOf(rows, found);
        }
        var candidates = new List<(Candidate, Candidate)>();
        var holders = new List<int>();
        foreach (int trace in found)
        {
            var candidate = new Candidate(traces.MinStartNs(trace), traces.IdOf(trace), number, trace);
            if (candidate.StartNs == 0)
                candidate = candidate with { StartNs = StartOf(TraceReader.Find(tables, candidate.TraceId)) };
            if (MayAnswer(candidate, traces, trace, holders))
                candidates.Add((candidate, candidate));
        }
        return candidates;
    }

    // What can be said without looking at other tables, to keep most of what a page leaves behind out of the heap.
    private bool MayAnswer(in Candidate candidate, TraceIndex traces, int trace, List<int> holders)
    {
        if (query.RangeTarget == TimeRangeTarget.SpanStart || query.Range == TimeRange.All)
            return true;
        // The trace's time is the start of one of its spans: here, or in a table that has some in the range.
        if (candidate.StartNs > query.Range.ToNs && traces.MinStartNs(trace) != 0 && IsOnlyHere(candidate, holders))
            return false;
        return traces.MaxStartNs(trace) >= query.Range.FromNs || !IsOnlyHere(candidate, holders);
    }

    private bool IsOnlyHere(in Candidate candidate, List<int> holders)
    {
        holders.Clear();
        tables.FindLow(candidate.TraceId.Low, holders);
        foreach (int number in holders)
        {
            if (number != candidate.Table && tables[number].MayStartIn(query.Range))
                return false;
        }
        return true;
    }

    private static long StartOf(List<TracePart> parts)
    {
        long startNs = 0;
        foreach (TracePart part in parts)
            startNs = TraceTime.Earlier(startNs, part.Table.Traces.MinStartNs(part.Trace));
        return startNs;
    }
}
