namespace Clew.Storage.Segments;

/// <summary>Collects values that come in ascending order. One thread.</summary>
/// <param name="countExpected">How many values there may be.</param>
/// <param name="bytesExpected">How many bytes they may have.</param>
internal sealed class SortedValues(int countExpected, int bytesExpected)
{
    private int[] ends = GC.AllocateUninitializedArray<int>(countExpected);
    private byte[] bytes = GC.AllocateUninitializedArray<byte>(Math.Max(64, bytesExpected));
    private int end;

    public int Count { get; private set; }

    /// <summary>Appends a value above all that are there.</summary>
    /// <exception cref="InvalidOperationException">There are more values or bytes than one dictionary may have.</exception>
    public void Add(ReadOnlySpan<byte> value)
    {
        if (Count == ValueDictionary.ValuesMax || value.Length > ValueDictionary.BytesMax - end)
            throw new InvalidOperationException($"A column's values are more than {ValueDictionary.ValuesMax}, or have more than {ValueDictionary.BytesMax} bytes; make the segment of fewer.");
        if (Count == ends.Length)
            Array.Resize(ref ends, Math.Max(16, ends.Length * 2));
        if (value.Length > bytes.Length - end)
            Array.Resize(ref bytes, (int)Math.Min(ValueDictionary.BytesMax, Math.Max(end + value.Length, bytes.Length * 2L)));
        value.CopyTo(bytes.AsSpan(end));
        ends[Count++] = end += value.Length;
    }

    public FrozenValueDictionary ToDictionary() => new(bytes.AsMemory(0, end), ends.AsMemory(0, Count));
}
