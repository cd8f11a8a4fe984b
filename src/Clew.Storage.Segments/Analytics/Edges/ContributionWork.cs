using System.Numerics;
using System.Runtime.InteropServices;
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
    private readonly List<int> rowNumbers = [];
    private readonly List<LinkRow> rows = [];

    /// <param name="fromRow">How many rows had been looked at before; 0 for all of the table.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Run(int fromRow, CancellationToken cancellation)
    {
        var columns = new LinkColumns(table, ledger.Services, readsMostRows: fromRow < table.RowCount / 2);
        HashSet<ulong> lows = fromRow == 0 ? LookAtEach(columns, cancellation) : LowsFrom(fromRow);
        foreach (ulong low in lows)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadRows(columns, low);
            Look(columns, CollectionsMarshal.AsSpan(rows), low, fromRow);
        }
    }

    // Leaves those out, and returns them, that may share their low half with another.
    private HashSet<ulong> LookAtEach(LinkColumns columns, CancellationToken cancellation)
    {
        TraceIndex index = table.Traces;
        HashSet<ulong> shared = MaybeShared(index);
        using var all = new LinkRows(columns);
        for (int trace = 0; trace < index.Count; trace++)
        {
            cancellation.ThrowIfCancellationRequested();
            ulong low = index.IdOf(trace).Low;
            if (!shared.Contains(low))
                Look(columns, all.Of(trace), low, 0);
        }
        return shared;
    }

    // More than there are, as a bit stands for many: the second of two traces finds the bit of the first.
    private static HashSet<ulong> MaybeShared(TraceIndex index)
    {
        const int bitsATrace = 64;
        var shared = new HashSet<ulong>();
        uint bits = BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, index.Count)) * bitsATrace;
        ulong[] seen = new ulong[bits >> 6];
        for (int trace = 0; trace < index.Count; trace++)
        {
            ulong low = index.IdOf(trace).Low;
            uint bit = ValueHash.Of(low, 0) & (bits - 1);
            ref ulong word = ref seen[bit >> 6];
            if ((word >> (int)bit & 1) != 0)
                shared.Add(low);
            word |= 1UL << (int)bit;
        }
        return shared;
    }

    // The traces that have rows to look at.
    private HashSet<ulong> LowsFrom(int fromRow)
    {
        TraceIndex index = table.Traces;
        var lows = new HashSet<ulong>();
        for (int row = fromRow; row < table.RowCount; row++)
            lows.Add(index.IdOf(index.TraceOf(row)).Low);
        return lows;
    }

    // Looks at a trace whose rows here are given.
    private void Look(LinkColumns columns, ReadOnlySpan<LinkRow> own, ulong low, int fromRow)
    {
        parts.Find(low);
        foreach (int part in parts.Tables)
            needs.Add(olderNames[part]);
        JointStarts starts = parts.Starts;
        // What was there before: nothing of nearly all traces of a head that is looked at for the first time.
        if (fromRow > 0 || !parts.IsEmpty)
        {
            linker.Clear();
            parts.AddTo(linker);
            AddRows(columns, own, fromRow, ref starts);
            Enter(-1, starts);
            starts = parts.Starts;
        }
        linker.Clear();
        parts.AddTo(linker);
        AddRows(columns, own, table.RowCount, ref starts);
        Enter(1, starts);
        if (starts.HasTime)
            ledger.Include(starts.Range);
    }

    private void ReadRows(LinkColumns columns, ulong low)
    {
        traces.Clear();
        rowNumbers.Clear();
        rows.Clear();
        table.Traces.FindByLow(low, traces);
        foreach (int trace in traces)
            table.Traces.AddRows(trace, rowNumbers);
        foreach (int row in rowNumbers)
            rows.Add(columns.Read(row));
    }

    private void AddRows(LinkColumns columns, ReadOnlySpan<LinkRow> own, int toRow, ref JointStarts starts)
    {
        foreach (ref readonly LinkRow row in own)
        {
            if (row.Row >= toRow)
                continue;
            linker.Add(columns, row);
            starts.Add(row.StartNs, row.StartNs);
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
