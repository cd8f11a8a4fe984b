namespace Clew.Storage.Segments;

/// <summary>
/// The stored form: values in ascending order of their bytes, so that codes order as values do (for UTF-8: by code point), a look-up is a binary search,
/// and neighbours share what Brotli can take out.
/// </summary>
internal sealed partial class FrozenValueDictionary : ValueDictionary
{
    private readonly int[] ends;
    private readonly ReadOnlyMemory<byte> values;

    private FrozenValueDictionary(int[] ends, ReadOnlyMemory<byte> values)
    {
        this.ends = ends;
        this.values = values;
    }

    public override int Count => ends.Length;

    public override ReadOnlySpan<byte> this[uint code] => code < ends.Length ? At((int)code) : throw NoSuchCode(code, ends.Length);

    /// <summary>Sorts the values of another dictionary.</summary>
    /// <param name="source">What to freeze.</param>
    /// <param name="newCodes">Receives the new code of each old one.</param>
    public static FrozenValueDictionary From(ValueDictionary source, out uint[] newCodes)
    {
        int[] order = ValueOrder.Of(source);
        newCodes = new uint[order.Length];
        int[] ends = new int[order.Length];
        long total = 0;
        foreach (int code in order)
            total += source[(uint)code].Length;
        byte[] values = new byte[checked((int)total)];
        int end = 0;
        for (int i = 0; i < order.Length; i++)
        {
            ReadOnlySpan<byte> value = source[(uint)order[i]];
            value.CopyTo(values.AsSpan(end));
            ends[i] = end += value.Length;
            newCodes[order[i]] = (uint)i;
        }
        return new FrozenValueDictionary(ends, values);
    }

    public override bool TryFind(ReadOnlySpan<byte> value, out uint code)
    {
        int low = 0, high = ends.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = At(middle).SequenceCompareTo(value);
            if (order == 0)
            {
                code = (uint)middle;
                return true;
            }
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        code = 0;
        return false;
    }

    private ReadOnlySpan<byte> At(int index)
    {
        int start = index == 0 ? 0 : ends[index - 1];
        return values.Span[start..ends[index]];
    }
}
