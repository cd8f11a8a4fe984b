using System.Buffers.Binary;

namespace Clew.Storage.Segments;

/// <summary>
/// Sorts the values of a dictionary by their bytes. Most comparisons are of eight bytes as one number: those after what all values begin with, which for
/// paths and URLs is long. Only values that agree in them too are compared whole.
/// </summary>
internal static class ValueOrder
{
    /// <summary>The codes in ascending order of their values.</summary>
    public static int[] Of(ValueDictionary values)
    {
        int count = values.Count;
        int[] order = new int[count];
        ulong[] keys = new ulong[count];
        int common = CommonPrefix(values);
        for (int code = 0; code < count; code++)
        {
            order[code] = code;
            keys[code] = Key(values[(uint)code][common..]);
        }
        Array.Sort(keys, order);
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && keys[end] == keys[start])
                end++;
            if (end - start > 1)
                order.AsSpan(start, end - start).Sort((left, right) => values[(uint)left].SequenceCompareTo(values[(uint)right]));
            start = end;
        }
        return order;
    }

    private static int CommonPrefix(ValueDictionary values)
    {
        if (values.Count == 0)
            return 0;
        ReadOnlySpan<byte> common = values[0];
        for (uint code = 1; code < values.Count && !common.IsEmpty; code++)
            common = common[..common.CommonPrefixLength(values[code])];
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
