using System.Runtime.InteropServices;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// The edges of the traces with a span that starts in a range. What tables contribute is counted by the minutes of traces' first and last spans; a trace counts when one
/// of them lies wholly in the range, and does not when the range lies before or after both. What is left (its ends cut a minute, or it lies within a long
/// trace) is decided trace by trace.
/// </summary>
internal sealed class EdgeQuery
{
    private readonly EdgeTables tables;
    private readonly TimeRange range;
    private readonly CancellationToken cancellation;
    private readonly EdgeLedger ledger = new();
    private readonly Dictionary<EdgeKey, EdgeCount> undecided = [];
    private readonly List<TimeRange> starts = [];
    private MinuteBounds bounds;

    private EdgeQuery(IEnumerable<AnalyticsTable> tables, TimeRange range, CancellationToken cancellation)
    {
        this.tables = new EdgeTables(tables);
        this.range = range;
        this.cancellation = cancellation;
    }

    /// <param name="tables">All tables of the store, whether they have spans in the range or not.</param>
    /// <param name="range">Where one span of a trace has to start.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SegmentFormatException">A table is damaged.</exception>
    public static IReadOnlyList<ServiceEdge> Run(IEnumerable<AnalyticsTable> tables, TimeRange range, CancellationToken cancellation) =>
        range.FromNs > range.ToNs ? [] : new EdgeQuery(tables, range, cancellation).Run();

    private IReadOnlyList<ServiceEdge> Run()
    {
        var contributions = new EdgeContribution[tables.Count];
        for (int place = 0; place < contributions.Length; place++)
        {
            cancellation.ThrowIfCancellationRequested();
            contributions[place] = tables.ContributionOf(place, cancellation);
            starts.Add(contributions[place].Starts);
        }
        bounds = MinuteBounds.Of(range, starts);
        foreach (EdgeContribution contribution in contributions)
            Add(contribution);
        Decide();
        return ledger.ToEdges();
    }

    private void Add(EdgeContribution contribution)
    {
        if (range != TimeRange.All && bounds.HasNoneOf(contribution.Starts))
            return;
        int[] services = Array.ConvertAll(contribution.Services, ledger.Services.Of);
        if (range == TimeRange.All || (!contribution.HasUntimed && bounds.HasAllOf(contribution.Starts)))
        {
            foreach (EdgeSum sum in contribution.Sums)
                ledger.Add(new EdgeKey(0, 0, services[sum.Parent], services[sum.Child]), sum.Count);
            return;
        }
        foreach (EdgeEntry entry in contribution.ReadEntries())
        {
            EdgeSum edge = contribution.Sums[entry.Sum];
            bool? counts = bounds.Decide(entry);
            if (counts == true)
                ledger.Add(new EdgeKey(0, 0, services[edge.Parent], services[edge.Child]), entry.Count);
            else if (counts is null)
                CollectionsMarshal.GetValueRefOrAddDefault(undecided, new EdgeKey(entry.FirstMinute, entry.LastMinute, services[edge.Parent], services[edge.Child]), out _).Add(entry.Count);
        }
    }

    // Over all tables these are counts of whole traces: what comes to nothing has no calls to decide about.
    private void Decide()
    {
        HashSet<(long First, long Last)> minutes = [];
        foreach ((EdgeKey key, EdgeCount count) in undecided)
        {
            if (!count.IsZero)
                minutes.Add((key.FirstMinute, key.LastMinute));
        }
        if (minutes.Count == 0)
            return;
        HashSet<long> firstMinutes = [.. minutes.Select(static pair => pair.First)];
        var parts = new TraceParts([.. Enumerable.Range(0, tables.Count).Select(place => tables[place].Spans)], ledger.Services);
        var linker = new RowLinker(ledger.Services);
        var calls = new List<LinkedCall>();
        foreach (ulong low in TracesThatStartIn(firstMinutes))
        {
            cancellation.ThrowIfCancellationRequested();
            parts.Find(low);
            if (!minutes.Contains((parts.Starts.FirstMinute, parts.Starts.LastMinute)) || !parts.AnyStartsIn(range))
                continue;
            linker.Clear();
            parts.AddTo(linker);
            calls.Clear();
            linker.Link(calls);
            foreach (LinkedCall call in calls)
                ledger.Add(new EdgeKey(0, 0, call.Parent, call.Child), new EdgeCount(call.Calls, call.Errors));
        }
    }

    // A trace whose earliest span starts in one of the minutes has a part whose earliest does.
    private HashSet<ulong> TracesThatStartIn(HashSet<long> minutes)
    {
        var lows = new HashSet<ulong>();
        var hull = new MinuteRange(minutes.Min(), minutes.Max());
        for (int place = 0; place < tables.Count; place++)
        {
            if (!hull.Overlaps(starts[place]))
                continue;
            Tables.TraceIndex index = tables[place].Spans.Traces;
            for (int trace = 0; trace < index.Count; trace++)
            {
                long earliestNs = index.MinStartNs(trace);
                if (earliestNs != 0 && minutes.Contains(MinuteNumber.Of(earliestNs)))
                    lows.Add(index.IdOf(trace).Low);
            }
        }
        return lows;
    }
}
