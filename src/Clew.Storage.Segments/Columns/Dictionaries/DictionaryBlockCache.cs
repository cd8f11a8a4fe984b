namespace Clew.Storage.Segments;

/// <summary>
/// Bounds the memory of decompressed dictionary blocks of all segments together. A dictionary keeps its blocks in slots of its own, so that using one takes no
/// lock; the cache only decides which slots are emptied: one after the other, those not used since it last came by (a clock).
/// </summary>
internal sealed class DictionaryBlockCache(long capacityBytes)
{
    public const long DefaultBytes = 32 << 20;

    private readonly Lock sync = new();
    private readonly Queue<(DictionaryBlock Block, DictionaryBlock?[] Slots, int Slot)> clock = [];
    private long bytes;
    private long capacity = capacityBytes;

    /// <summary>The process's.</summary>
    public static DictionaryBlockCache Shared { get; } = new(DefaultBytes);

    /// <summary>Bytes of all blocks that are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (sync)
                return bytes;
        }
    }

    /// <summary>What <see cref="Bytes"/> may reach.</summary>
    public long CapacityBytes
    {
        get => Volatile.Read(ref capacity);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (sync)
            {
                Volatile.Write(ref capacity, value);
                Shrink();
            }
        }
    }

    /// <summary>Keeps a block in its slot, if it is not larger than a quarter of the capacity and nobody else has put one there.</summary>
    public void Add(DictionaryBlock block, DictionaryBlock?[] slots, int slot)
    {
        if (block.HeapBytes > CapacityBytes / 4)
            return;
        lock (sync)
        {
            if (slots[slot] is not null)
                return;
            Volatile.Write(ref slots[slot], block);
            clock.Enqueue((block, slots, slot));
            bytes += block.HeapBytes;
            Shrink();
        }
    }

    private void Shrink()
    {
        // Every block may be passed over once; a third time round they go however much they are used meanwhile.
        int patience = clock.Count * 2;
        while (bytes > capacity)
        {
            (DictionaryBlock Block, DictionaryBlock?[] Slots, int Slot) oldest = clock.Dequeue();
            if (oldest.Block.TakeTouch() && patience-- > 0)
            {
                clock.Enqueue(oldest);
                continue;
            }
            Volatile.Write(ref oldest.Slots[oldest.Slot], null);
            bytes -= oldest.Block.HeapBytes;
        }
    }
}
