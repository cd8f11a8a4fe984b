namespace Clew.Storage.Segments;

/// <summary>Walks through those values of a dictionary that are used, in ascending order of their bytes.</summary>
/// <param name="values">The dictionary.</param>
/// <param name="isUsed">Not 0 for each code that is used; what the caller puts there afterwards is not looked at again.</param>
internal sealed class SortedCursor(ValueDictionary values, ReadOnlyMemory<uint> isUsed)
{
    private readonly int[]? order = values.IsSorted ? null : ValueOrder.Of(values);
    private readonly DictionaryScratch scratch = new();
    private int next;

    public uint Code { get; private set; }

    /// <summary>Valid until the next move.</summary>
    public ReadOnlySpan<byte> Value => values.Read(Code, scratch);

    public bool MoveNext()
    {
        ReadOnlySpan<uint> used = isUsed.Span;
        while (next < values.Count)
        {
            Code = order is null ? (uint)next : (uint)order[next];
            next++;
            if (used[(int)Code] != 0)
                return true;
        }
        return false;
    }
}
