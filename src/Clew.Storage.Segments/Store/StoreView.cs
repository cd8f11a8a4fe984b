using Clew.Storage.Segments.Tables;
using Clew.Storage.Segments.Traces;

namespace Clew.Storage.Segments.Store;

/// <summary>
/// The tables that together are the store at one moment. Heads in it go on growing; a reader works on the <see cref="Tables"/> it took. Held by the store while it
/// is the current one, and by every reader for as long as it reads.
/// </summary>
internal sealed class StoreView
{
    private readonly TraceLookup traces;
    private int holders = 1;

    public StoreView(IReadOnlyList<LiveHead> heads, IReadOnlyList<LiveSegment> segments)
    {
        Heads = heads;
        Segments = segments;
        traces = TraceLookup.Of(segments.Select(static segment => segment.File.Table));
        foreach (LiveSegment segment in segments)
            segment.AddView();
    }

    /// <summary>Oldest first; the last is the one that is written to.</summary>
    public IReadOnlyList<LiveHead> Heads { get; }

    /// <summary>In the order in which their spans arrived.</summary>
    public IReadOnlyList<LiveSegment> Segments { get; }

    /// <summary>Which of the <see cref="Segments"/> may hold a trace.</summary>
    public TraceLookup Traces => traces;

    /// <summary>What is there now. Snapshots of heads are taken anew: what was acknowledged before the call is in them.</summary>
    public StoreTables Tables()
    {
        var tables = new List<StoreTable>(Heads.Count + Segments.Count);
        foreach (LiveSegment segment in Segments)
            tables.Add(new StoreTable(segment.File.Table, segment.Memory, segment.Info));
        foreach (LiveHead head in Heads)
        {
            SpanTable table = head.Final ?? head.Table.Snapshot();
            if (table.RowCount > 0)
                tables.Add(new StoreTable(table, head.Memory, null));
        }
        return new StoreTables([.. tables], Segments.Count, traces);
    }

    /// <summary>False when it is closed: there is a newer one.</summary>
    public bool TryHold()
    {
        int held = Volatile.Read(ref holders);
        while (held > 0)
        {
            int before = Interlocked.CompareExchange(ref holders, held + 1, held);
            if (before == held)
                return true;
            held = before;
        }
        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref holders) != 0)
            return;
        foreach (LiveSegment segment in Segments)
            segment.RemoveView();
    }
}
