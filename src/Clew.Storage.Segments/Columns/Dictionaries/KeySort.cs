using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>Sorts numbers with what belongs to each: many by their bytes, from the last to the first, which compares nothing and leaves out bytes in which all agree.</summary>
internal static class KeySort
{
    // Below this many the counts of all bytes cost more than comparing.
    private const int RadixCountMin = 256;

    private const int Values = 256;

    public static void Sort(Span<ulong> keys, Span<int> items)
    {
        if (keys.Length < RadixCountMin)
            keys.Sort(items);
        else
            SortBytes(keys, items);
    }

    private static void SortBytes(Span<ulong> keys, Span<int> items)
    {
        Span<int> counts = stackalloc int[sizeof(ulong) * Values];
        counts.Clear();
        foreach (ulong key in keys)
        {
            for (int i = 0; i < sizeof(ulong); i++)
                counts[i * Values + (byte)(key >> (i * 8))]++;
        }
        ulong[] rentedKeys = ArrayPool<ulong>.Shared.Rent(keys.Length);
        int[] rentedItems = ArrayPool<int>.Shared.Rent(items.Length);
        Span<ulong> fromKeys = keys, toKeys = rentedKeys.AsSpan(0, keys.Length);
        Span<int> fromItems = items, toItems = rentedItems.AsSpan(0, items.Length);
        for (int i = 0; i < sizeof(ulong); i++)
        {
            Span<int> places = counts.Slice(i * Values, Values);
            if (places[(byte)(keys[0] >> (i * 8))] == keys.Length)
                continue;
            int next = 0;
            foreach (ref int place in places)
                (place, next) = (next, next + place);
            for (int j = 0; j < fromKeys.Length; j++)
            {
                int place = places[(byte)(fromKeys[j] >> (i * 8))]++;
                toKeys[place] = fromKeys[j];
                toItems[place] = fromItems[j];
            }
            Span<ulong> otherKeys = fromKeys;
            fromKeys = toKeys;
            toKeys = otherKeys;
            Span<int> otherItems = fromItems;
            fromItems = toItems;
            toItems = otherItems;
        }
        if (!Unsafe.AreSame(ref MemoryMarshal.GetReference(fromKeys), ref MemoryMarshal.GetReference(keys)))
        {
            fromKeys.CopyTo(keys);
            fromItems.CopyTo(items);
        }
        ArrayPool<ulong>.Shared.Return(rentedKeys);
        ArrayPool<int>.Shared.Return(rentedItems);
    }
}
