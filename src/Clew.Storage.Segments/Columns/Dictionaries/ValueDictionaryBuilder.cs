using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Clew.Storage.Segments;

/// <summary>
/// A dictionary that grows: one thread adds, any number read what was published before they looked. A value that is known costs a hash and a compare, and
/// allocates nothing. Codes count up from 0 and never change.
/// </summary>
/// <remarks>
/// Readers take the count first (an acquiring read) and the arrays after it. The writer puts a value's bytes, then its entry, then its slot, and the count
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

    // Of a slot, the lower bits are the code and 1, which is ValuesMax at most, the upper ones of the hash: a value that is not there is known not to be from the
    // slots alone, 63 times of 64, and these are small and lie side by side.
    private const int CodeBits = 26;
    private const uint CodeMask = (1u << CodeBits) - 1;

    private Entry[] entries = new Entry[8];
    private byte[] arena = new byte[64];

    // Open addressing needs free slots to stop at: at three quarters full a miss looks at 8.5 on average, half a cache line.
    private uint[] slots = new uint[SlotsFirst];
    private int arenaBytes;
    private int count;

    /// <summary>Values published so far.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Bytes of the values so far; for the writer.</summary>
    public int ValueBytes => arenaBytes;

    /// <summary>What it takes in memory; for the writer.</summary>
    public long HeapBytes => arena.Length + (long)entries.Length * Unsafe.SizeOf<Entry>() + (long)slots.Length * sizeof(uint);

    /// <summary>The code of a value, which is added when it is new. False, and nothing changes, when it is new and there is no room. Only for the writer.</summary>
    public bool TryGetOrAdd(ReadOnlySpan<byte> value, out uint code) => TryGetOrAdd(value, ValueHash.Of(value), out code);

    /// <param name="value">The value.</param>
    /// <param name="hash">What <see cref="Announce"/> said of it.</param>
    /// <param name="code">Its code.</param>
    /// <inheritdoc cref="TryGetOrAdd(ReadOnlySpan{byte}, out uint)"/>
    public bool TryGetOrAdd(ReadOnlySpan<byte> value, uint hash, out uint code)
    {
        if (TryFind(value, hash, count, out code))
            return true;
        if (isText && !Utf8.IsValid(value))
            return TryGetOrAdd(Utf8Text.Repair(value), out code);
        if (count >= valuesMax || value.Length > bytesMax - arenaBytes)
            return false;
        code = Add(value, hash);
        return true;
    }

    /// <summary>
    /// The hash of a value that is going to be looked up, whose place is fetched from memory meanwhile. Of many values that differ each is a miss of the caches,
    /// which take their time one after the other unless they are asked for together.
    /// </summary>
    public uint Announce(ReadOnlySpan<byte> value)
    {
        uint hash = ValueHash.Of(value);
        Prefetch.Read(ref slots[hash & (uint)(slots.Length - 1)]);
        return hash;
    }

    /// <summary>What is published now, as a dictionary that no longer changes; copies nothing.</summary>
    public ValueDictionary Snapshot() => new LiveDictionary(this, Count);

    internal bool TryFind(ReadOnlySpan<byte> value, int publishedCount, out uint code) => TryFind(value, ValueHash.Of(value), publishedCount, out code);

    internal ReadOnlySpan<byte> Get(uint code)
    {
        Entry entry = entries[code];
        return arena.AsSpan(entry.Offset, entry.Length);
    }

    private bool TryFind(ReadOnlySpan<byte> value, uint hash, int publishedCount, out uint code)
    {
        uint[] table = slots;
        uint tag = hash & ~CodeMask;
        // Ends: a quarter of the slots is free.
        for (uint at = hash; ; at++)
        {
            uint slot = Volatile.Read(ref table[at & (uint)(table.Length - 1)]);
            if (slot == 0)
            {
                code = 0;
                return false;
            }
            code = (slot & CodeMask) - 1;
            if ((slot & ~CodeMask) == tag && code < publishedCount && Get(code).SequenceEqual(value))
                return true;
        }
    }

    private uint Add(ReadOnlySpan<byte> value, uint hash)
    {
        int code = count;
        if (code == entries.Length)
            Grow(ref entries, code, code + 1);
        if (arena.Length - arenaBytes < value.Length)
            Grow(ref arena, arenaBytes, arenaBytes + value.Length);
        if (code >= slots.Length - slots.Length / 4)
            Rehash();
        value.CopyTo(arena.AsSpan(arenaBytes));
        entries[code] = new Entry(arenaBytes, value.Length, hash);
        arenaBytes += value.Length;
        Place(slots, hash, code);
        Volatile.Write(ref count, code + 1);
        return (uint)code;
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
        uint[] larger = new uint[slots.Length * 2];
        for (int code = 0; code < count; code++)
            Place(larger, entries[code].Hash, code);
        Volatile.Write(ref slots, larger);
    }

    private static void Place(uint[] table, uint hash, int code)
    {
        uint mask = (uint)(table.Length - 1);
        uint at = hash;
        while (table[at & mask] != 0)
            at++;
        Volatile.Write(ref table[at & mask], hash & ~CodeMask | (uint)code + 1);
    }

    private readonly record struct Entry(int Offset, int Length, uint Hash);

    private sealed class LiveDictionary(ValueDictionaryBuilder builder, int count) : ValueDictionary
    {
        public override int Count => count;

        public override bool MayHoldMore => true;

        public override ReadOnlySpan<byte> this[uint code] => code < count ? builder.Get(code) : throw NoSuchCode(code, count);

        public override bool TryFind(ReadOnlySpan<byte> value, out uint code) => builder.TryFind(value, count, out code);
    }
}
