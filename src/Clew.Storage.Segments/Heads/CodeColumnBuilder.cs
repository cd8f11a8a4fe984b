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

    public void Add(ReadOnlySpan<byte> value) => AddRepeated(CodeOf(value), 1);

    /// <summary>Adds the values of the next rows.</summary>
    /// <exception cref="HeadFullException">The dictionary is full.</exception>
    public void AddAll<T>(T added, int rows) where T : struct, IByteStrings, allows ref struct
    {
        Span<uint> found = stackalloc uint[Math.Min(rows, HeadAttributes.PendingRowsMax)];
        if (!values.TryGetOrAddAll(added, found))
            throw HeadFullException.Create();
        AddCodes(found);
    }

    public void AddCodes(ReadOnlySpan<uint> added)
    {
        if (codes is null && added.ContainsAnyExcept(0u))
            Spell();
        codes?.AddAll(added);
        count += added.Length;
    }

    /// <summary>Adds rows of one value.</summary>
    public void AddRepeated(uint code, int rows)
    {
        if (codes is null && code != 0)
            Spell();
        if (codes is not null)
        {
            codes.Reserve(rows).Fill(code);
            codes.Publish(rows);
        }
        count += rows;
    }

    public ValueColumn Snapshot(int rowCount) =>
        new(values.Snapshot(), Volatile.Read(ref codes) is { } spelt ? new BitPackedInts(spelt.Bytes(rowCount), 32, rowCount) : new BitPackedInts(default, 0, rowCount));

    // From here on each row's code is kept.
    private void Spell()
    {
        var spelt = new AppendBuffer<uint>();
        spelt.Reserve(count).Clear();
        spelt.Publish(count);
        Volatile.Write(ref codes, spelt);
    }
}
