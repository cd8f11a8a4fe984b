using System.Collections.Immutable;
using Clew.Model;

namespace Clew.Storage;

/// <summary>
/// The write side of a <see cref="MemoryStore"/>: the traces in their three orders, with counts and names. Every member
/// belongs to the thread that holds the store's lock; readers see what <see cref="Publish"/> returned last.
/// </summary>
internal sealed class TraceTable
{
    private readonly ImmutableSortedSet<StoredTrace>.Builder byId = MemorySnapshot.Empty.ById.ToBuilder();
    private readonly ImmutableSortedSet<StoredTrace>.Builder byStart = MemorySnapshot.Empty.ByStart.ToBuilder();
    private readonly SortedSet<StoredTrace> byArrival = new(Comparer<StoredTrace>.Create(static (left, right) =>
        left.Arrival != right.Arrival ? left.Arrival.CompareTo(right.Arrival) : left.Id.CompareTo(right.Id)));

    // Across all traces: one table is a fraction of the size of one for each trace. Span equality covers every field.
    private readonly HashSet<Span> distinctSpans = [];
    private long bytes;
    private long evictedSpans;

    public NameIndex Names { get; } = new();

    public int SpanCount => distinctSpans.Count;

    public long Bytes => bytes;

    public void Touch(TraceId id, long arrival)
    {
        if (Find(id) is { } trace)
            Replace(trace, trace.ArrivedAgain(arrival));
    }

    public void Add(TraceGroup group, long arrival)
    {
        List<Span> added = group.Spans.FindAll(distinctSpans.Add);
        if (added.Count == 0)
            return;
        added.ForEach(Names.Add);
        long addedBytes = added.Count == group.Spans.Count ? group.Bytes : SpanBytes.OfTrace(added);
        bytes += addedBytes;
        if (Find(group.TraceId) is { } trace)
            Replace(trace, trace.With(added, addedBytes, arrival));
        else
            Insert(StoredTrace.Create(group.TraceId, added, addedBytes, arrival));
    }

    /// <summary>Removes the trace that was written to longest ago. There must be one.</summary>
    public void EvictOldest()
    {
        StoredTrace oldest = byArrival.Min!;
        Remove(oldest);
        bytes -= oldest.Bytes;
        evictedSpans += oldest.Spans.Length;
        foreach (Span span in oldest.Spans)
        {
            distinctSpans.Remove(span);
            Names.Remove(span);
        }
    }

    public MemorySnapshot Publish() => new(
        byId.ToImmutable(), byStart.ToImmutable(), new StoreStatistics(SpanCount, byId.Count, bytes, evictedSpans));

    private StoredTrace? Find(TraceId id) => byId.TryGetValue(StoredTrace.Probe(id), out StoredTrace found) ? found : null;

    private void Replace(StoredTrace old, StoredTrace next)
    {
        Remove(old);
        Insert(next);
    }

    private void Insert(StoredTrace trace)
    {
        byId.Add(trace);
        byStart.Add(trace);
        byArrival.Add(trace);
    }

    private void Remove(StoredTrace trace)
    {
        byId.Remove(trace);
        byStart.Remove(trace);
        byArrival.Remove(trace);
    }
}
