namespace Clew.Storage.Segments.Heads;

/// <summary>
/// A growing column of integers, one for each row. While all rows have the number that came first it takes no memory for them: flags and dropped counts rarely
/// differ. One thread adds, any number take snapshots.
/// </summary>
internal sealed class NumberColumnBuilder
{
    private AppendBuffer<long>? numbers;
    private long first;
    private int count;

    /// <summary>Rows added; for the writer.</summary>
    public int Count => count;

    public void AddSizes(ref HeapSizes sizes) => sizes.HeapBytes += numbers?.HeapBytes ?? 0;

    public void Add(long number) => AddAll([number]);

    /// <summary>Adds the numbers of the next rows.</summary>
    public void AddAll(ReadOnlySpan<long> added)
    {
        if (count == 0 && !added.IsEmpty)
            first = added[0];
        if (numbers is null && added.ContainsAnyExcept(first))
            Spell();
        numbers?.AddAll(added);
        count += added.Length;
    }

    public Int64Column Snapshot(int rowCount) =>
        Volatile.Read(ref numbers) is { } spelt ? Int64Column.Plain(spelt.Bytes(rowCount)) : Int64Column.Constant(first, rowCount);

    // From here on each row's number is kept.
    private void Spell()
    {
        var spelt = new AppendBuffer<long>();
        spelt.Reserve(count).Fill(first);
        spelt.Publish(count);
        Volatile.Write(ref numbers, spelt);
    }
}
