using Clew.Model;
using Clew.Query;

namespace Clew.Storage;

/// <summary>
/// Keeps spans in the process's memory: the reference every other store is compared with, and the store of tests and short experiments.
/// Nothing survives the process.
/// </summary>
/// <remarks>
/// <para>Bounded by <see cref="MemoryStoreOptions"/>. When a batch does not fit, whole traces are evicted, those first that were
/// written to longest ago, so that a trace still arriving outlives a finished one. A trace that alone outgrows the store
/// loses its earlier spans and keeps the new batch. A batch that would not fit even alone is refused with
/// <see cref="StoreUnavailableException"/>: storing a part of it would be losing what was acknowledged.</para>
/// <para>A span equal in every field to one that is there is kept once: senders repeat requests whose answer they missed.</para>
/// <para>Writers take turns under a lock and publish a <see cref="MemorySnapshot"/>; readers work on the one they took
/// and never hold writers up.</para>
/// </remarks>
public sealed partial class MemoryStore(MemoryStoreOptions options) : ISpanStore
{
    private readonly Lock sync = new();
    private TraceTable table = new();
    private volatile MemorySnapshot snapshot = MemorySnapshot.Empty;
    private volatile bool closed;
    private long arrivals;

    public MemoryStore()
        : this(new MemoryStoreOptions())
    {
    }

    public ValueTask AppendAsync(SpanBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<TraceGroup> groups = TraceGroup.Of(batch);
        int spanCount = groups.Sum(group => group.Spans.Count);
        long bytes = groups.Sum(group => group.Bytes);
        if (spanCount > options.SpansMax)
            throw new StoreUnavailableException($"The batch has {spanCount} spans; the memory store holds {nameof(options.SpansMax)} = {options.SpansMax}.");
        if (bytes > options.BytesMax)
            throw new StoreUnavailableException($"The batch takes about {bytes} bytes; the memory store holds {nameof(options.BytesMax)} = {options.BytesMax}.");
        lock (sync)
        {
            ThrowIfClosed();
            long arrival = ++arrivals;
            foreach (TraceGroup group in groups)
                table.Touch(group.TraceId, arrival);
            // Ends: each turn removes a trace, and the batch fits into an empty table.
            while (table.SpanCount + spanCount > options.SpansMax || table.Bytes + bytes > options.BytesMax)
                table.EvictOldest();
            foreach (TraceGroup group in groups)
                table.Add(group, arrival);
            snapshot = table.Publish();
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Current(cancellationToken).Find(traceId)?.Trace);

    public ValueTask<IReadOnlyList<Trace>> GetTracesByLowIdAsync(ulong low, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Trace>>([.. Current(cancellationToken).FindByLowId(low).Select(stored => stored.Trace)]);

    public ValueTask<TraceSearchResult> SearchAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        var matcher = new TraceMatcher(query);
        var page = new List<TraceSummary>();
        TraceCursor last = default;
        foreach (StoredTrace stored in Current(cancellationToken).NewestFirst(query.After))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!stored.MayStartIn(query.Range) || !matcher.IsMatch(stored.Trace))
                continue;
            if (page.Count == query.Limit)
                return ValueTask.FromResult(new TraceSearchResult(page, last));
            page.Add(stored.Summary);
            last = new TraceCursor(stored.StartNs, stored.Id);
        }
        return ValueTask.FromResult(new TraceSearchResult(page, null));
    }

    public StoreStatistics GetStatistics() => snapshot.Statistics;

    /// <summary>Lets go of all spans; later calls end with <see cref="StoreUnavailableException"/>.</summary>
    public ValueTask DisposeAsync()
    {
        lock (sync)
        {
            closed = true;
            table = new TraceTable();
            snapshot = MemorySnapshot.Empty;
        }
        return ValueTask.CompletedTask;
    }

    private MemorySnapshot Current(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        return snapshot;
    }

    private void ThrowIfClosed()
    {
        if (closed)
            throw new StoreUnavailableException("The memory store is closed.");
    }
}
