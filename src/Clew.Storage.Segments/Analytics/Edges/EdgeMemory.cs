using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>What is known of a table's contribution to the edges: the one stored in its segment, and the last one computed. Any thread.</summary>
internal sealed class EdgeMemory(long number, IReadOnlyList<long> replaces, Func<ColumnReader?> openSection)
{
    private readonly Lock gate = new();
    private EdgeContribution? stored;
    private bool isRead;
    private Computed? computed;

    /// <summary>The heads the table's spans came from, as far as is known: without its section those of a merged segment may lie anywhere between its numbers.</summary>
    public SealedNumbers Sealed
    {
        get
        {
            lock (gate)
                return ReadStored()?.Sealed ?? replaces.Aggregate(new SealedNumbers(number, number), static (all, one) => all.With(new SealedNumbers(one, one)));
        }
    }

    /// <summary>The table's contribution beside the tables that were sealed before it.</summary>
    /// <param name="table">The table; of a head that grows a snapshot.</param>
    /// <param name="among">The tables it is asked among.</param>
    /// <param name="place">Its place among them.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The contribution and the table it is of: maybe a later snapshot than the one given.</returns>
    public (EdgeContribution Contribution, SpanTable Table) Get(SpanTable table, EdgeTables among, int place, CancellationToken cancellation)
    {
        lock (gate)
        {
            bool inOrder = among.IsInOrder(place);
            if (inOrder && ReadStored() is { } right && among.HasAll(right.Needs))
                return (right, table);
            long[] before = among.NumbersBefore(place);
            if (computed is { } last && (inOrder ? among.HasAll(last.Contribution.Needs) : before.AsSpan().SequenceEqual(last.Before)))
            {
                if (last.Table.RowCount < table.RowCount)
                    computed = Extend(last, table, among, place, before, cancellation);
            }
            else
            {
                computed = Extend(null, table, among, place, before, cancellation);
            }
            return (computed.Contribution, computed.Table);
        }
    }

    private Computed Extend(Computed? last, SpanTable table, EdgeTables among, int place, long[] before, CancellationToken cancellation)
    {
        EdgeLedger ledger = last?.Ledger ?? new EdgeLedger();
        HashSet<long> needs = last is null ? [] : [.. last.Contribution.Needs];
        // When the work ends early the ledger is half changed: it must not be found again.
        computed = null;
        new ContributionWork(table, among.TablesBefore(place), among.NamesBefore(place), ledger, needs).Run(last?.Table.RowCount ?? 0, cancellation);
        return new Computed(table, before, ledger, ledger.ToContribution(among.SealedOf(place), needs));
    }

    // What is damaged is computed again from the spans; whoever verifies the segment says so.
    private EdgeContribution? ReadStored()
    {
        if (isRead)
            return stored;
        try
        {
            EdgeContribution? section = EdgeSection.Read(openSection);
            section?.ReadEntries();
            stored = section;
        }
        catch (SegmentFormatException)
        {
            stored = null;
        }
        isRead = true;
        return stored;
    }

    private sealed record Computed(SpanTable Table, long[] Before, EdgeLedger Ledger, EdgeContribution Contribution);
}
