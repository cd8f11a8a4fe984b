using System.Diagnostics;
using Clew.Model;

namespace Clew.Storage.Segments.Heads;

/// <summary>For the writer of a head: the first row of each (trace, span id).</summary>
internal sealed class HeadIdentities : IGrowingColumn
{
    // Of a slot, the lower bits are the row and 1, the upper ones of the hash: other ids are told apart without looking at their rows, 2,047 times of 2,048.
    private const int RowBits = 21;
    private const uint RowMask = (1u << RowBits) - 1;

    private const int SlotsFirst = 1024;

    private readonly HeadParts parts;
    private readonly ColumnMemory memory;
    private uint[] slots;
    private int count;

    public HeadIdentities(HeadParts parts, ColumnMemory memory)
    {
        this.parts = parts;
        this.memory = memory;
        slots = memory.RentSlots<uint>(memory.Add("identities", this).Values, SlotsFirst);
    }

    ColumnSize IGrowingColumn.Size => new(count, 0);

    /// <summary>The hash of ids that are asked for a little later, whose place is fetched from memory meanwhile: it is anywhere in a table larger than the near caches.</summary>
    public uint Announce(TraceId traceId, SpanId spanId)
    {
        uint hash = Hash(traceId, spanId);
        Prefetch.Read(ref slots[hash & (uint)(slots.Length - 1)]);
        return hash;
    }

    /// <summary>The first row with these ids; when there is none it becomes <paramref name="row"/>, and the answer is -1.</summary>
    /// <param name="hash">What <see cref="Announce"/> said of the ids.</param>
    /// <param name="trace">The trace's number.</param>
    /// <param name="spanId">The span's id.</param>
    /// <param name="row">The next row to be appended.</param>
    public int FindOrAdd(uint hash, int trace, SpanId spanId, int row)
    {
        Debug.Assert(row < HeadTable.RowsMax && HeadTable.RowsMax <= RowMask);
        uint mask = (uint)(slots.Length - 1);
        uint at = hash;
        for (; slots[at & mask] is not 0 and uint slot; at++)
        {
            int found = (int)(slot & RowMask) - 1;
            if (((slot ^ hash) & ~RowMask) == 0 && parts.Spans.SpanIds.Values(row)[found] == spanId.Value && parts.Traces.TraceOf.Values(row)[found] == trace)
                return found;
        }
        slots[at & mask] = hash & ~RowMask | (uint)row + 1;
        // The newest row's ids do not stand in the columns yet.
        if (++count >= slots.Length - slots.Length / 4)
            Rehash(row, at & mask, hash);
        return -1;
    }

    private void Rehash(int rows, uint newest, uint newestHash)
    {
        uint[] larger = memory.RentCleared<uint>(slots.Length * 2);
        ReadOnlySpan<ulong> spanIds = parts.Spans.SpanIds.Values(rows);
        ReadOnlySpan<int> traceOf = parts.Traces.TraceOf.Values(rows);
        ReadOnlySpan<TraceId> traceIds = parts.Traces.Ids.Values(parts.Traces.Count);
        uint mask = (uint)(larger.Length - 1);
        for (uint i = 0; i < slots.Length; i++)
        {
            if (slots[i] == 0)
                continue;
            int row = (int)(slots[i] & RowMask) - 1;
            uint at = i == newest ? newestHash : Hash(traceIds[traceOf[row]], new SpanId(spanIds[row]));
            while (larger[at & mask] != 0)
                at++;
            larger[at & mask] = slots[i];
        }
        memory.Replace(ref slots, larger);
    }

    private static uint Hash(TraceId traceId, SpanId spanId) => ValueHash.Of(spanId.Value, ValueHash.Of(traceId.High, traceId.Low));
}
