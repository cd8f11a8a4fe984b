using Clew.Model;

namespace Clew.Storage.Segments.Heads;

/// <summary>
/// The growing index of a head's traces. Traces are numbered as they come; the rows of each are a chain of links from row to next row. One thread adds, any
/// number look.
/// </summary>
/// <remarks>
/// Slots and links may lead a reader to traces and rows newer than its snapshot: it skips traces by their number and ends a chain, which ascends, at its
/// row count. What is older than the snapshot was written before the snapshot was published.
/// </remarks>
internal sealed class HeadTraces : IGrowingColumn
{
    private const int SlotsFirst = 64;

    private readonly AppendBuffer<TraceId> ids;
    private readonly AppendBuffer<int> firstRows;
    private readonly AppendBuffer<int> lastRows;
    private readonly AppendBuffer<int> sameLow;
    private readonly AppendBuffer<int> traceOf;
    private readonly AppendBuffer<int> nextRows;
    private readonly ColumnMemory memory;
    private int[] slots;
    private int[] lowSlots;

    public HeadTraces(ColumnMemory memory)
    {
        this.memory = memory;
        ids = new(memory["traces/ids"]);
        firstRows = new(memory["traces/firstRows"]);
        lastRows = new(memory["traces/lastRows"]);
        sameLow = new(memory["traces/sameLow"]);
        traceOf = new(memory["traces/traceOf"]);
        nextRows = new(memory["traces/nextRows"]);
        int expected = memory.Add("traces/slots", this).Values;
        slots = memory.RentSlots<int>(expected, SlotsFirst);
        lowSlots = memory.RentSlots<int>(expected, SlotsFirst);
    }

    /// <summary>For the writer.</summary>
    public int Count => ids.Count;

    ColumnSize IGrowingColumn.Size => new(Count, 0);

    public AppendBuffer<TraceId> Ids => ids;

    public AppendBuffer<int> FirstRows => firstRows;

    public AppendBuffer<int> TraceOf => traceOf;

    /// <summary>The next row of the same trace, or 0.</summary>
    public AppendBuffer<int> NextRows => nextRows;

    /// <summary>Adds a trace that is not there, whose first row must follow, and says its number.</summary>
    public int Add(TraceId id)
    {
        int trace = Count;
        if (trace >= slots.Length - slots.Length / 4)
            Rehash();
        firstRows.Add(-1);
        lastRows.Add(-1);
        int low = LowSlot(lowSlots, id.Low);
        sameLow.Add(lowSlots[low] - 1);
        ids.Add(id);
        Volatile.Write(ref lowSlots[low], trace + 1);
        Place(slots, trace);
        return trace;
    }

    /// <summary>Adds the next row, which belongs to a trace.</summary>
    public void AddRow(int trace)
    {
        int row = traceOf.Count;
        int last = lastRows.Values(Count)[trace];
        nextRows.Add(0);
        traceOf.Add(trace);
        if (last < 0)
            firstRows.Replace(trace, row);
        else
            nextRows.Replace(last, row);
        lastRows.Replace(trace, row);
    }

    /// <summary>The trace with this id among the first, or -1.</summary>
    public int Find(TraceId id, int traceCount)
    {
        int[] table = Volatile.Read(ref slots);
        ReadOnlySpan<TraceId> known = ids.Values(traceCount);
        for (uint at = Hash(id); ; at++)
        {
            int slot = Volatile.Read(ref table[at & (uint)(table.Length - 1)]);
            if (slot == 0)
                return -1;
            if (slot <= traceCount && known[slot - 1] == id)
                return slot - 1;
        }
    }

    /// <summary>The newest trace with this low half, maybe newer than a snapshot, or -1; <see cref="SameLow"/> leads to the others.</summary>
    public int FindLow(ulong low)
    {
        int[] table = Volatile.Read(ref lowSlots);
        return Volatile.Read(ref table[LowSlot(table, low)]) - 1;
    }

    public int SameLow(int trace) => sameLow.Values(trace + 1)[trace];

    private static uint Hash(TraceId id) => ValueHash.Of(id.High, id.Low);

    // The slot of a low half, or the free one where it belongs. Ends: a quarter of the slots is free.
    private int LowSlot(int[] table, ulong low)
    {
        uint mask = (uint)(table.Length - 1);
        for (uint at = ValueHash.Of(low, 0); ; at++)
        {
            int slot = Volatile.Read(ref table[at & mask]);
            if (slot == 0 || ids.Values(slot)[slot - 1].Low == low)
                return (int)(at & mask);
        }
    }

    private void Place(int[] table, int trace)
    {
        uint mask = (uint)(table.Length - 1);
        uint at = Hash(ids.Values(Count)[trace]);
        while (table[at & mask] != 0)
            at++;
        Volatile.Write(ref table[at & mask], trace + 1);
    }

    private void Rehash()
    {
        int[] larger = memory.RentCleared<int>(slots.Length * 2), largerLow = memory.RentCleared<int>(slots.Length * 2);
        for (int trace = 0; trace < Count; trace++)
        {
            Place(larger, trace);
            // Ascending, so the newest of a low half stays.
            largerLow[LowSlot(largerLow, ids.Values(Count)[trace].Low)] = trace + 1;
        }
        memory.Replace(ref slots, larger);
        memory.Replace(ref lowSlots, largerLow);
    }
}
