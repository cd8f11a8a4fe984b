using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Clew.Model;
using Clew.Server.Api;

namespace Clew.Server.Pipeline.Intake;

/// <summary>
/// "Am I receiving data?": what every receiver took and refused, and from whom. Kept in memory since the start, bounded. Costs a batch one
/// pass over its spans' resource numbers and a look-up for each resource; it allocates only for senders not seen before. Safe from any thread.
/// </summary>
internal sealed class IntakeRegistry
{
    /// <summary>Flows that are kept; beyond it the one that has been silent longest is forgotten.</summary>
    public const int FlowsMax = 1000;

    // A request of an SDK has one resource, one of a collector some dozens.
    private const int CountsOnStack = 128;

    private readonly Lock gate = new();
    private readonly Dictionary<byte[], FlowCount> flows = new(ByteKeyComparer.Instance);
    private readonly FrozenDictionary<string, ReceiverTally> tallies;
    private readonly TimeProvider time;
    private long forgotten;

    public IntakeRegistry(TimeProvider time)
    {
        this.time = time;
        StartedNs = UnixTime.Now(time);
        tallies = ReceiverName.All.ToFrozenDictionary(static name => name, _ => new ReceiverTally(time));
    }

    /// <summary>Unix nanoseconds since when is counted.</summary>
    public long StartedNs { get; }

    /// <summary>Flows that had to be forgotten.</summary>
    public long FlowsForgotten => Interlocked.Read(ref forgotten);

    /// <param name="receiver">One of <see cref="ReceiverName"/>.</param>
    public ReceiverTally this[string receiver] => tallies[receiver];

    /// <summary>Counts the spans of a batch that was stored for their senders.</summary>
    public void Stored(string receiver, string? userAgent, SpanBatch batch)
    {
        int resources = batch.Resources.Count;
        int[]? rented = resources > CountsOnStack ? ArrayPool<int>.Shared.Rent(resources) : null;
        Span<int> counts = rented is null ? stackalloc int[CountsOnStack] : rented;
        counts[..resources].Clear();
        foreach (ref readonly SpanRow span in batch.Spans.Rows)
            counts[span.Resource]++;
        Span<byte> key = stackalloc byte[FlowKey.BytesMax];
        long nowNs = UnixTime.Now(time);
        for (int i = 0; i < resources; i++)
        {
            if (counts[i] > 0)
                Add(key[..FlowKey.Write(key, receiver, userAgent, batch, i)], counts[i], nowNs);
        }
        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>The last to send first.</summary>
    public IReadOnlyList<Flow> ReadFlows()
    {
        List<(byte[] Key, FlowCount Count)> copy;
        lock (gate)
            copy = [.. flows.Select(static pair => (pair.Key, pair.Value))];
        return
        [
            .. copy.Select(static entry =>
            {
                (string receiver, string service, ClientLibrary client) = FlowKey.Read(entry.Key);
                return new Flow(receiver, service, client, entry.Count.Spans, entry.Count.FirstNs, entry.Count.LastNs);
            }).OrderByDescending(static flow => flow.LastNs).ThenBy(static flow => flow.Service, StringComparer.Ordinal).ThenBy(static flow => flow.Receiver, StringComparer.Ordinal),
        ];
    }

    private void Add(ReadOnlySpan<byte> key, int spans, long nowNs)
    {
        lock (gate)
        {
            Dictionary<byte[], FlowCount>.AlternateLookup<ReadOnlySpan<byte>> byKey = flows.GetAlternateLookup<ReadOnlySpan<byte>>();
            ref FlowCount count = ref CollectionsMarshal.GetValueRefOrNullRef(byKey, key);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref count))
            {
                if (flows.Count >= FlowsMax)
                    Forget();
                byKey[key] = new FlowCount(spans, nowNs, nowNs);
                return;
            }
            count = count with { Spans = count.Spans + spans, LastNs = Math.Max(count.LastNs, nowNs) };
        }
    }

    // Rare: only for a sender not seen before, and only when there are already a thousand.
    private void Forget()
    {
        flows.Remove(flows.MinBy(static pair => pair.Value.LastNs).Key);
        Interlocked.Increment(ref forgotten);
    }

    private readonly record struct FlowCount(long Spans, long FirstNs, long LastNs);
}
