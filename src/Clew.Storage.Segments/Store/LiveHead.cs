using Clew.Model;
using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Store;

/// <summary>
/// A head with what its segment has to know. Written under the store's append lock; once it waits to be sealed nothing of it changes any more.
/// </summary>
internal sealed class LiveHead(long number, long nowNs, ColumnMemory memory)
{
    private int views;

    /// <summary>The number its segment will have.</summary>
    public long Number { get; } = number;

    public HeadTable Table { get; } = new(memory);

    public TableMemory Memory { get; } = new(number, [], null);

    /// <summary>When its first and last batch arrived.</summary>
    public TimeRange Arrival { get; private set; } = new(nowNs, nowNs);

    /// <summary>The lowest position of the write-ahead log that is in it; <see cref="long.MaxValue"/> while it is empty.</summary>
    public long FirstPosition { get; private set; } = long.MaxValue;

    public int NewTraces { get; private set; }

    /// <summary>What it holds for good, once it waits to be sealed; null while it is written to.</summary>
    public SpanTable? Final { get; private set; }

    public bool IsEmpty => Table.RowCount == 0;

    public HeadAppendResult Append(SpanBatch batch, long position, IOlderTraces older, long nowNs)
    {
        HeadAppendResult result = Table.Append(batch, older);
        NewTraces += result.NewTraces;
        FirstPosition = Math.Min(FirstPosition, position);
        Arrival = new TimeRange(Math.Min(Arrival.FromNs, nowNs), Math.Max(Arrival.ToNs, nowNs));
        return result;
    }

    /// <summary>Says that nothing more will be appended.</summary>
    public void Finish() => Final = Table.Snapshot();

    public void AddView() => Interlocked.Increment(ref views);

    /// <summary>Its memory goes to other heads once no view has it any more: whoever reads it holds a view.</summary>
    public void RemoveView()
    {
        if (Interlocked.Decrement(ref views) == 0)
            Table.Release();
    }
}
