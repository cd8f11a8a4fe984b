using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Clew.Storage.Segments;

internal sealed partial class ValueDictionaryBuilder
{
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

    private void Add(ReadOnlySpan<byte> value, uint hash)
    {
        int code = count, end = arenaBytes + value.Length;
        if (code + 1 == offsets.Length)
            memory.Grow(ref offsets, code + 1, code + 2);
        if (end > arena.Length)
            memory.Grow(ref arena, arenaBytes, end);
        if (code >= slots.Length - slots.Length / 4)
            Rehash();
        value.CopyTo(arena.AsSpan(arenaBytes));
        offsets[code + 1] = arenaBytes = end;
        memory.CountValue(value.Length);
        Place(slots, (ulong)hash << 32 | (uint)code + 1);
        Volatile.Write(ref count, code + 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Rehash()
    {
        ulong[] larger = memory.RentCleared<ulong>(slots.Length * 2);
        foreach (ulong slot in slots)
        {
            if (slot != 0)
                Place(larger, slot);
        }
        memory.Replace(ref slots, larger);
    }

    private static void Place(ulong[] table, ulong slot)
    {
        uint mask = (uint)(table.Length - 1);
        uint at = (uint)(slot >> 32);
        while (table[at & mask] != 0)
            at++;
        Volatile.Write(ref table[at & mask], slot);
    }
}
