namespace Clew.Storage.Segments.Store;

/// <summary>
/// The current view and how it changes. Readers take the current one without a lock; whoever changes it (an append that begins a head, the maintenance thread)
/// takes turns under one.
/// </summary>
internal sealed class StoreState
{
    private readonly Lock gate = new();
    private StoreView current;
    private long spans;
    private long traces;
    private long bytes;
    private long evictedSpans;
    private volatile bool isClosed;

    /// <param name="head">The one that is written to.</param>
    /// <param name="segments">What there is.</param>
    /// <param name="carriedTraces"><see cref="CarriedTraces"/> so far.</param>
    public StoreState(LiveHead head, IReadOnlyList<LiveSegment> segments, long carriedTraces)
    {
        CarriedTraces = carriedTraces;
        traces = carriedTraces;
        current = new StoreView([head], Ordered(segments));
        foreach (LiveSegment segment in segments)
        {
            spans += segment.Info.Rows;
            traces += segment.Info.NewTraces;
            bytes += segment.Info.Bytes;
        }
    }

    /// <summary>Traces that are there and were counted as new in segments that are not. For the maintenance thread.</summary>
    public long CarriedTraces { get; private set; }

    public StoreStatistics Statistics => new(
        Interlocked.Read(ref spans), Math.Max(0, Interlocked.Read(ref traces)), Interlocked.Read(ref bytes), Interlocked.Read(ref evictedSpans));

    /// <summary>The current view, held; the caller disposes the lease.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public ViewLease Hold()
    {
        while (true)
        {
            StoreView view = Volatile.Read(ref current);
            // Fails only when another became current in between, which is there on the next turn.
            if (view.TryHold())
                return new ViewLease(view);
            // Or when it was the last one there will be.
            ThrowIfClosed();
        }
    }

    public void CountAppended(int newSpans, int newTraces)
    {
        Interlocked.Add(ref spans, newSpans);
        Interlocked.Add(ref traces, newTraces);
    }

    /// <summary>Begins another head; the one before waits to be sealed.</summary>
    public void AddHead(LiveHead head) => Change(view => new StoreView([.. view.Heads, head], view.Segments));

    /// <summary>Puts a head in place of one that has nothing.</summary>
    public void ReplaceHead(LiveHead head, LiveHead other) => Change(view => new StoreView([.. Without(view.Heads, head), other], view.Segments));

    /// <summary>The same tables, some of which have been entered into the directory of traces.</summary>
    public void Entered() => Change(static view => new StoreView(view.Heads, view.Segments));

    /// <summary>Puts a segment in place of the head it was made of.</summary>
    public void Sealed(LiveHead head, LiveSegment segment)
    {
        Change(view => new StoreView(Without(view.Heads, head), Ordered([.. view.Segments, segment])));
        Interlocked.Add(ref bytes, segment.Info.Bytes);
    }

    /// <summary>Puts a segment in place of those it was made of, whose files go once nobody reads them.</summary>
    public void Merged(IReadOnlyList<LiveSegment> inputs, LiveSegment output)
    {
        foreach (LiveSegment input in inputs)
            input.Doom();
        Change(view => new StoreView(view.Heads, Ordered([.. view.Segments.Except(inputs), output])));
        Interlocked.Add(ref bytes, output.Info.Bytes - inputs.Sum(static input => input.Info.Bytes));
    }

    /// <summary>Takes segments away: retention deletes them.</summary>
    /// <param name="dropped">Which.</param>
    /// <param name="goneTraces">How many traces were nowhere else.</param>
    public void Drop(IReadOnlyList<LiveSegment> dropped, long goneTraces)
    {
        foreach (LiveSegment segment in dropped)
            segment.Doom();
        Remove(dropped, goneTraces);
        CarriedTraces += NewTraces(dropped) - goneTraces;
        Interlocked.Add(ref evictedSpans, dropped.Sum(static segment => (long)segment.Info.Rows));
    }

    /// <summary>Takes segments away that cannot be read; their files stay. Of their traces those that go on elsewhere are no longer counted: which they are cannot be read.</summary>
    public void SetAside(IReadOnlyList<LiveSegment> damaged) => Remove(damaged, NewTraces(damaged));

    public static long NewTraces(IEnumerable<LiveSegment> segments) => segments.Sum(static segment => (long)segment.Info.NewTraces);

    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            current.Release();
        }
    }

    private void Remove(IReadOnlyList<LiveSegment> removed, long goneTraces)
    {
        Change(view => new StoreView(view.Heads, [.. view.Segments.Except(removed)]));
        Interlocked.Add(ref spans, -removed.Sum(static segment => (long)segment.Info.Rows));
        Interlocked.Add(ref traces, -goneTraces);
        Interlocked.Add(ref bytes, -removed.Sum(static segment => segment.Info.Bytes));
    }

    private void Change(Func<StoreView, StoreView> change)
    {
        lock (gate)
        {
            // The last view and what it held are given back: another would hold what nobody closes.
            ThrowIfClosed();
            StoreView before = current;
            Volatile.Write(ref current, change(before));
            before.Release();
        }
    }

    private void ThrowIfClosed()
    {
        if (isClosed)
            throw new StoreUnavailableException("The store is closed.");
    }

    private static LiveHead[] Without(IReadOnlyList<LiveHead> heads, LiveHead head) => [.. heads.Where(other => other != head)];

    // Merged segments have later numbers than what arrived after them, so the order is that of arrival.
    private static LiveSegment[] Ordered(IReadOnlyList<LiveSegment> segments) =>
        [.. segments.OrderBy(static segment => segment.Info.Arrival.FromNs).ThenBy(static segment => segment.Info.Number)];
}
