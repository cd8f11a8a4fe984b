using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments;

/// <summary>
/// A dictionary that grows: one thread adds, any number read what was published before they looked. A value that is known costs a hash and a compare, and
/// allocates nothing. Codes count up from 0 and never change.
/// </summary>
/// <remarks>
/// Readers take the count first (an acquiring read) and the arrays after it. The writer puts a value's bytes, then its end, then its slot, and the count
/// last; arrays are only replaced by longer ones that already hold what the old held. So what a reader knows the code of is there for it.
/// </remarks>
internal sealed partial class ValueDictionaryBuilder : IGrowingColumn
{
    private const int ValuesFirst = 8, SlotsFirst = 16, ArenaBytesFirst = 64;

    // Values looked up together: enough to wait for memory once and not each time, few enough that what was fetched first is still there.
    private const int Together = 32;

    // Up to here (16 KiB) all of it is near anyway, and fetching it ahead would only take time.
    private const int SlotsNear = 2048;

    private readonly ColumnMemory memory;
    private readonly int valuesMax;
    private readonly int bytesMax;
    private readonly bool isText;

    // Where each value begins, and behind the last one where it ends.
    private int[] offsets;
    private byte[] arena;

    // Of a slot, the lower half is the code and 1, the upper one the hash: which value it is, is known from the slots alone but for certainty, and these lie side by side.
    // Open addressing needs free slots to stop at: at three quarters full a miss looks at 8.5 on average, about a cache line.
    private ulong[] slots;
    private int arenaBytes;
    private int count;

    /// <param name="place">Where it lies; null for one that stands alone.</param>
    /// <param name="valuesMax">Values it takes.</param>
    /// <param name="bytesMax">Bytes of all of them together.</param>
    /// <param name="isText">
    /// Whether values are texts, which are kept as UTF-8 whatever bytes were sent (see <see cref="Utf8Text"/>). Only a new value has to be looked at for that: what is found
    /// is UTF-8.
    /// </param>
    public ValueDictionaryBuilder(ColumnPlace? place = null, int valuesMax = ValueDictionary.ValuesMax, int bytesMax = ValueDictionary.BytesMax, bool isText = false)
    {
        ColumnPlace own = place ?? ColumnPlace.Alone();
        ColumnSize expected = own.Add(this);
        memory = own.Memory;
        this.valuesMax = valuesMax;
        this.bytesMax = bytesMax;
        this.isText = isText;
        offsets = memory.Rent<int>(Math.Max(ValuesFirst, expected.Values + 1));
        offsets[0] = 0;
        arena = memory.Rent<byte>(Math.Max(ArenaBytesFirst, expected.Bytes));
        slots = memory.RentSlots<ulong>(expected.Values, SlotsFirst);
    }

    /// <summary>Values published so far.</summary>
    public int Count => Volatile.Read(ref count);

    ColumnSize IGrowingColumn.Size => new(count, arenaBytes);

    /// <summary>The code of a value, which is added when it is new. False, and nothing changes, when it is new and there is no room. Only for the writer.</summary>
    public bool TryGetOrAdd(ReadOnlySpan<byte> value, out uint code) => TryGetOrAdd(value, ValueHash.Of(value), out code);

    /// <summary>
    /// The codes of many values in their order. Of many that differ each is a miss of the caches; asked for together they take the time of one. False when there was no
    /// room for one; those before it are added.
    /// </summary>
    /// <param name="values">As many as there are codes.</param>
    /// <param name="codes">Receives them.</param>
    public bool TryGetOrAddAll<T>(T values, Span<uint> codes) where T : struct, IByteStrings, allows ref struct
    {
        var hashes = default(Hashes);
        for (int start = 0; start < codes.Length; start += Together)
        {
            int end = Math.Min(start + Together, codes.Length);
            for (int i = start; i < end; i++)
                hashes[i - start] = ValueHash.Of(values[i]);
            if (slots.Length > SlotsNear)
                Fetch(hashes, end - start);
            for (int i = start; i < end; i++)
            {
                if (!TryGetOrAdd(values[i], hashes[i - start], out codes[i]))
                    return false;
            }
        }
        return true;
    }

    /// <summary>What is published now, as a dictionary that no longer changes; copies nothing.</summary>
    public ValueDictionary Snapshot() => new LiveDictionary(this, Count);

    internal bool TryFind(ReadOnlySpan<byte> value, int publishedCount, out uint code) => TryFind(value, ValueHash.Of(value), publishedCount, out code);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Get(uint code)
    {
        int[] starts = offsets;
        int start = starts[code];
        return arena.AsSpan(start, starts[code + 1] - start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryGetOrAdd(ReadOnlySpan<byte> value, uint hash, out uint code) => TryFind(value, hash, count, out code) || TryAdd(value, hash, out code);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFind(ReadOnlySpan<byte> value, uint hash, int publishedCount, out uint code)
    {
        ulong[] table = slots;
        // Ends: a quarter of the slots is free.
        for (uint at = hash; ; at++)
        {
            ulong slot = Volatile.Read(ref table[at & (uint)(table.Length - 1)]);
            code = (uint)slot - 1;
            if (slot == 0)
                return false;
            if ((uint)(slot >> 32) == hash && code < publishedCount && ShortBytes.Equal(Get(code), value))
                return true;
        }
    }

    // Slots first, and then, all on their way at once, the values they lead to.
    private void Fetch(in Hashes hashes, int length)
    {
        ulong[] table = slots;
        uint mask = (uint)(table.Length - 1);
        for (int i = 0; i < length; i++)
            Prefetch.Read(ref table[hashes[i] & mask]);
        for (int i = 0; i < length; i++)
        {
            ulong slot = table[hashes[i] & mask];
            if (slot != 0 && (uint)(slot >> 32) == hashes[i] && offsets[(uint)slot - 1] is var start && start < arena.Length)
                Prefetch.Read(ref arena[start]);
        }
    }

    [InlineArray(Together)]
    private struct Hashes
    {
        private uint first;
    }

    private sealed class LiveDictionary(ValueDictionaryBuilder builder, int count) : ValueDictionary
    {
        public override int Count => count;

        public override bool MayHoldMore => true;

        public override ReadOnlySpan<byte> this[uint code] => code < count ? builder.Get(code) : throw NoSuchCode(code, count);

        public override bool TryFind(ReadOnlySpan<byte> value, out uint code) => builder.TryFind(value, count, out code);
    }
}
