namespace Clew.Storage.Segments.Heads;

/// <summary>
/// A growing column of byte strings, one for each row. While all rows have the value that came first it takes no memory for them: most spans have no
/// status message, no tracestate, no endpoints. One thread adds, any number take snapshots.
/// </summary>
internal sealed class CodeColumnBuilder(bool isText)
{
    private readonly ValueDictionaryBuilder values = new(isText: isText);
    private AppendBuffer<uint>? codes;
    private int count;

    /// <summary>Rows added; for the writer.</summary>
    public int Count => count;

    public void AddSizes(ref HeapSizes sizes)
    {
        sizes.HeapBytes += values.HeapBytes + (codes?.HeapBytes ?? 0);
        sizes.ValueBytes += values.ValueBytes;
    }

    /// <summary>The code of a value, for rows to come.</summary>
    public uint CodeOf(ReadOnlySpan<byte> value) => values.TryGetOrAdd(value, out uint code) ? code : throw HeadFullException.Create();

    public void Add(ReadOnlySpan<byte> value) => AddCode(CodeOf(value));

    public void AddCode(uint code)
    {
        if (codes is null && code != 0)
            Spell();
        codes?.Add(code);
        count++;
    }

    public ValueColumn Snapshot(int rowCount) =>
        new(values.Snapshot(), Volatile.Read(ref codes) is { } spelt ? new BitPackedInts(spelt.Bytes(rowCount), 32, rowCount) : new BitPackedInts(default, 0, rowCount));

    // From here on each row's code is kept.
    private void Spell()
    {
        var spelt = new AppendBuffer<uint>();
        for (int row = 0; row < count; row++)
            spelt.Add(0);
        Volatile.Write(ref codes, spelt);
    }
}
