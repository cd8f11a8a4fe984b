using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// Computes what a table contributes to the edges (<see cref="EdgeContribution"/>), or, for a table that has grown, what its later rows change of that. One thread.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="older">Those sealed before it.</param>
/// <param name="olderNames">What each is called where it is needed.</param>
/// <param name="ledger">Receives the change.</param>
/// <param name="needs">Receives the names of older tables that hold parts of the traces looked at.</param>
internal sealed class ContributionWork(SpanTable table, IReadOnlyList<SpanTable> older, IReadOnlyList<long> olderNames, EdgeLedger ledger, HashSet<long> needs)
{
    private readonly TraceParts parts = new(older, ledger.Services);
    private readonly RowLinker linker = new(ledger.Services);
    private readonly List<LinkedCall> calls = [];
    private readonly List<int> traces = [];
    private readonly List<int> rows = [];

    /// <param name="fromRow">How many rows had been looked at before; 0 for all of the table.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Run(int fromRow, CancellationToken cancellation)
    {
        var columns = new LinkColumns(table, ledger.Services, readsMostRows: fromRow < table.RowCount / 2);
        foreach (ulong low in LowsFrom(fromRow))
        {
            cancellation.ThrowIfCancellationRequested();
            parts.Find(low);
            foreach (int part in parts.Tables)
                needs.Add(olderNames[part]);
            FindRows(low);
            JointStarts starts = parts.Starts;
            linker.Clear();
            parts.AddTo(linker);
            AddRows(columns, fromRow, ref starts);
            Enter(-1, starts);
            starts = parts.Starts;
            linker.Clear();
            parts.AddTo(linker);
            AddRows(columns, table.RowCount, ref starts);
            Enter(1, starts);
            if (starts.HasTime)
                ledger.Include(starts.Range);
        }
    }

    // The traces that have rows to look at; each low half once.
    private List<ulong> LowsFrom(int fromRow)
    {
        TraceIndex index = table.Traces;
        var lows = new List<ulong>();
        if (fromRow == 0)
        {
            for (int trace = 0; trace < index.Count; trace++)
                lows.Add(index.IdOf(trace).Low);
        }
        for (int row = fromRow; fromRow > 0 && row < table.RowCount; row++)
            lows.Add(index.IdOf(index.TraceOf(row)).Low);
        lows.Sort();
        int distinct = 0;
        for (int i = 0; i < lows.Count; i++)
        {
            if (i == 0 || lows[i] != lows[i - 1])
                lows[distinct++] = lows[i];
        }
        lows.RemoveRange(distinct, lows.Count - distinct);
        return lows;
    }

    private void FindRows(ulong low)
    {
        traces.Clear();
        rows.Clear();
        table.Traces.FindByLow(low, traces);
        foreach (int trace in traces)
            table.Traces.AddRows(trace, rows);
    }

    private void AddRows(LinkColumns columns, int toRow, ref JointStarts starts)
    {
        foreach (int row in rows)
        {
            if (row >= toRow)
                continue;
            linker.Add(columns, row);
            long startNs = table.StartNsOf(row);
            starts.Add(startNs, startNs);
        }
    }

    private void Enter(int sign, JointStarts starts)
    {
        calls.Clear();
        linker.Link(calls);
        foreach (LinkedCall call in calls)
            ledger.Add(new EdgeKey(starts.FirstMinute, starts.LastMinute, call.Parent, call.Child), new EdgeCount(sign * call.Calls, sign * call.Errors));
    }
}
