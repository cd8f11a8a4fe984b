namespace Clew.Storage.Segments.Heads;

/// <summary>For the writer of a head: the first row of each (trace, span id).</summary>
internal sealed class HeadIdentities(HeadParts parts)
{
    private int[] slots = new int[1024];
    private int count;

    public int HeapBytes => slots.Length * sizeof(int);

    /// <summary>The first row with these ids; when there is none it becomes <paramref name="row"/>, and the answer is -1.</summary>
    public int FindOrAdd(int trace, ulong spanId, int row)
    {
        ReadOnlySpan<ulong> spanIds = parts.Spans.SpanIds.Values(row);
        ReadOnlySpan<int> traceOf = parts.Traces.TraceOf.Values(row);
        uint mask = (uint)(slots.Length - 1);
        for (uint at = ValueHash.Of(spanId, (ulong)trace); ; at++)
        {
            int slot = slots[at & mask];
            if (slot == 0)
            {
                slots[at & mask] = row + 1;
                if (++count > slots.Length / 2)
                    Rehash(row + 1, spanId, trace);
                return -1;
            }
            if (spanIds[slot - 1] == spanId && traceOf[slot - 1] == trace)
                return slot - 1;
        }
    }

    private void Rehash(int rows, ulong lastSpanId, int lastTrace)
    {
        int[] larger = new int[slots.Length * 2];
        uint mask = (uint)(larger.Length - 1);
        ReadOnlySpan<ulong> spanIds = parts.Spans.SpanIds.Values(rows - 1);
        ReadOnlySpan<int> traceOf = parts.Traces.TraceOf.Values(rows - 1);
        foreach (int slot in slots)
        {
            if (slot == 0)
                continue;
            // The newest row is in the index before it is in the columns.
            bool isNewest = slot == rows;
            uint at = isNewest ? ValueHash.Of(lastSpanId, (ulong)lastTrace) : ValueHash.Of(spanIds[slot - 1], (ulong)traceOf[slot - 1]);
            while (larger[at & mask] != 0)
                at++;
            larger[at & mask] = slot;
        }
        slots = larger;
    }
}
