using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Clew.Storage.Segments;

/// <summary>
/// A dictionary that grows: one thread adds, any number read what was published before they looked. A value that is known costs a hash and a compare, and
/// allocates nothing. Codes count up from 0 and never change.
/// </summary>
/// <remarks>
/// Readers take the count first (an acquiring read) and the arrays after it. The writer puts a value's bytes, then its end, then its slot, and the count
/// last; arrays are only replaced by longer ones that already hold what the old held. So what a reader knows the code of is there for it.
/// </remarks>
/// <param name="valuesMax">Values it takes.</param>
/// <param name="bytesMax">Bytes of all of them together.</param>
/// <param name="isText">
/// Whether values are texts, which are kept as UTF-8 whatever bytes were sent (see <see cref="Utf8Text"/>). Only a new value has to be looked at for that: what is found
/// is UTF-8.
/// </param>
internal sealed class ValueDictionaryBuilder(int valuesMax = ValueDictionary.ValuesMax, int bytesMax = ValueDictionary.BytesMax, bool isText = false)
{
    private const int SlotsFirst = 16;

    // Values looked up together: enough to wait for memory once and not each time, few enough that what was fetched first is still there.
    private const int Together = 32;

    // Up to here (16 KiB) all of it is near anyway, and fetching it ahead would only take time.
    private const int SlotsNear = 2048;

    // Where each value begins, and behind the last one where it ends.
    private int[] offsets = new int[8];
    private byte[] arena = new byte[64];

    // Of a slot, the lower half is the code and 1, the upper one the hash: which value it is, is known from the slots alone but for certainty, and these lie side by side.
    // Open addressing needs free slots to stop at: at three quarters full a miss looks at 8.5 on average, about a cache line.
    private ulong[] slots = new ulong[SlotsFirst];
    private int arenaBytes;
    private int count;

    /// <summary>Values published so far.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Bytes of the values so far; for the writer.</summary>
    public int ValueBytes => arenaBytes;

    /// <summary>What it takes in memory; for the writer.</summary>
    public long HeapBytes => arena.Length + (long)offsets.Length * sizeof(int) + (long)slots.Length * sizeof(ulong);

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

    private bool TryAdd(ReadOnlySpan<byte> value, uint hash, out uint code)
    {
        if (isText && !Utf8.IsValid(value))
            return TryGetOrAdd(Utf8Text.Repair(value), out code);
        code = (uint)count;
        if (count >= valuesMax || value.Length > bytesMax - arenaBytes)
            return false;
        Add(value, hash);
        return true;
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

    private void Add(ReadOnlySpan<byte> value, uint hash)
    {
        int code = count, end = arenaBytes + value.Length;
        if (code + 1 == offsets.Length)
            Grow(ref offsets, code + 1, code + 2);
        if (end > arena.Length)
            Grow(ref arena, arenaBytes, end);
        if (code >= slots.Length - slots.Length / 4)
            Rehash();
        value.CopyTo(arena.AsSpan(arenaBytes));
        offsets[code + 1] = arenaBytes = end;
        Place(slots, (ulong)hash << 32 | (uint)code + 1);
        Volatile.Write(ref count, code + 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        T[] larger = GC.AllocateUninitializedArray<T>((int)Math.Max(needed, Math.Min(Array.MaxLength, array.Length * 2L)));
        Array.Copy(array, larger, used);
        Volatile.Write(ref array, larger);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Rehash()
    {
        ulong[] larger = new ulong[slots.Length * 2];
        foreach (ulong slot in slots)
        {
            if (slot != 0)
                Place(larger, slot);
        }
        Volatile.Write(ref slots, larger);
    }

    private static void Place(ulong[] table, ulong slot)
    {
        uint mask = (uint)(table.Length - 1);
        uint at = (uint)(slot >> 32);
        while (table[at & mask] != 0)
            at++;
        Volatile.Write(ref table[at & mask], slot);
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
