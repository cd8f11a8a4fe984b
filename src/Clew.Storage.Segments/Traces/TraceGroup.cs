using System.Numerics;

namespace Clew.Storage.Segments.Traces;

/// <summary>
/// Up to 64 tables of about one size in a <see cref="TraceDirectory"/>. One thread at a time adds; any thread gives slots back, once nobody looks for their tables
/// any more.
/// </summary>
/// <param name="capacity">Traces of a table at most.</param>
internal sealed class TraceGroup(int capacity)
{
    public const int SlotsMax = 64;

    // At capacity 0.65 % of absent traces are not recognised.
    private const int RowsPerTrace = 12;

    private TraceRows rows = new((uint)capacity * RowsPerTrace, 1);
    private ulong used;
    private ulong everUsed;
    private ulong released;

    public int Capacity => capacity;

    /// <summary>What readers look into. Columns they know of stay as they are in it, also when there is a wider one.</summary>
    public TraceRows Rows => Volatile.Read(ref rows);

    public bool IsEmpty => used == 0;

    public bool IsFull => used == ulong.MaxValue;

    public long Bytes => BytesOf(capacity, rows.Stride);

    /// <summary>Bytes the group would take more with another table.</summary>
    public long BytesMore => FreeSlot < rows.Stride * 8 ? 0 : BytesOf(capacity, 1);

    private int FreeSlot => BitOperations.TrailingZeroCount(~used);

    public static long BytesOf(int capacity, int stride) => (long)capacity * RowsPerTrace * stride;

    /// <summary>Adds a table; the group must have a slot free.</summary>
    public TraceSlot Add(ReadOnlySpan<ulong> lows)
    {
        int slot = FreeSlot;
        TraceRows wide = slot < rows.Stride * 8 ? rows : rows.Widened(slot / 8 + 1);
        if ((everUsed >> slot & 1) != 0)
            wide.Clear(slot);
        wide.Add(lows, slot);
        used |= 1UL << slot;
        everUsed |= 1UL << slot;
        Volatile.Write(ref rows, wide);
        return new TraceSlot(this, slot);
    }

    /// <summary>Gives a slot back. Any thread.</summary>
    public void Release(int slot) => Interlocked.Or(ref released, 1UL << slot);

    /// <summary>Makes the slots that were given back free for others.</summary>
    public void TakeReleased() => used &= ~Interlocked.Exchange(ref released, 0);
}
