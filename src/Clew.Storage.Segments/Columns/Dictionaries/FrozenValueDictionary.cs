namespace Clew.Storage.Segments;

/// <summary>
/// Values in ascending order of their bytes, so that codes order as values do (for UTF-8: by code point), a look-up is a binary search, and neighbours share what
/// Brotli can take out. What is written; read back it is a <see cref="StoredValueDictionary"/>.
/// </summary>
/// <param name="values">The values' bytes, one behind the other.</param>
/// <param name="ends">Where each value ends.</param>
internal sealed partial class FrozenValueDictionary(ReadOnlyMemory<byte> values, ReadOnlyMemory<int> ends) : ValueDictionary
{
    public override int Count => ends.Length;

    public override bool IsSorted => true;

    /// <summary>Bytes of all values.</summary>
    public int ValueBytes => values.Length;

    public override ReadOnlySpan<byte> this[uint code] => code < ends.Length ? At((int)code) : throw NoSuchCode(code, ends.Length);

    /// <summary>Sorts the values of another dictionary.</summary>
    /// <param name="source">What to freeze.</param>
    /// <param name="newCodes">Receives the new code of each old one.</param>
    public static FrozenValueDictionary From(ValueDictionary source, out uint[] newCodes)
    {
        int[] order = ValueOrder.Of(source);
        newCodes = new uint[order.Length];
        var sorted = new SortedValues(order.Length, order.Length * 8);
        for (int i = 0; i < order.Length; i++)
        {
            sorted.Add(source[(uint)order[i]]);
            newCodes[order[i]] = (uint)i;
        }
        return sorted.ToDictionary();
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
        int start = index == 0 ? 0 : ends.Span[index - 1];
        return values.Span[start..ends.Span[index]];
    }
}
