using System.Buffers;
using System.Buffers.Binary;

namespace Clew.Storage.Segments;

/// <summary>
/// Sorts the values of a dictionary by their bytes. Nearly all comparisons are of eight bytes as one number: those after what all values begin with, and among values that
/// agree in them those after what these begin with. Paths and URLs begin alike at great length.
/// </summary>
internal static class ValueOrder
{
    // Below this many a comparison of whole values each is cheaper than another round of keys.
    private const int KeyedCountMin = 8;

    // Values that agree in as many rounds are compared whole: what they agree in may be very long.
    private const int RoundsMax = 16;

    /// <summary>The codes in ascending order of their values.</summary>
    public static int[] Of(ValueDictionary values)
    {
        int[] order = new int[values.Count];
        for (int code = 0; code < order.Length; code++)
            order[code] = code;
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(order.Length);
        Sort(values, order, keys.AsSpan(0, order.Length), 0, RoundsMax);
        ArrayPool<ulong>.Shared.Return(keys);
        return order;
    }

    // All of these values agree in their first bytes, as many as depth says.
    private static void Sort(ValueDictionary values, Span<int> order, Span<ulong> keys, int depth, int rounds)
    {
        if (order.Length < KeyedCountMin)
        {
            InsertionSort(values, order);
            return;
        }
        if (rounds == 0)
        {
            CompareSort(values, order);
            return;
        }
        depth += CommonBytes(values, order, depth);
        for (int i = 0; i < order.Length; i++)
            keys[i] = Key(values[(uint)order[i]][depth..]);
        KeySort.Sort(keys[..order.Length], order);
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && keys[end] == keys[start])
                end++;
            // A value that ends within its key may equal one that goes on with zeros: the depth is no further than the shortest.
            if (end - start > 1)
                Sort(values, order[start..end], keys[start..end], depth, rounds - 1);
            start = end;
        }
    }

    private static void InsertionSort(ValueDictionary values, Span<int> order)
    {
        for (int i = 1; i < order.Length; i++)
        {
            int code = order[i], at = i;
            for (; at > 0 && values[(uint)order[at - 1]].SequenceCompareTo(values[(uint)code]) > 0; at--)
                order[at] = order[at - 1];
            order[at] = code;
        }
    }

    private static void CompareSort(ValueDictionary values, Span<int> order) =>
        order.Sort((left, right) => values[(uint)left].SequenceCompareTo(values[(uint)right]));

    private static int CommonBytes(ValueDictionary values, ReadOnlySpan<int> order, int depth)
    {
        ReadOnlySpan<byte> common = values[(uint)order[0]][depth..];
        for (int i = 1; i < order.Length && !common.IsEmpty; i++)
            common = common[..common.CommonPrefixLength(values[(uint)order[i]][depth..])];
        return common.Length;
    }

    // Zero where the value has ended: a shorter value orders before what it begins, and equal keys are compared again.
    private static ulong Key(ReadOnlySpan<byte> value)
    {
        if (value.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64BigEndian(value);
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        value.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
