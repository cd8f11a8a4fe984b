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

    public void Add(long number)
    {
        if (numbers is null && number != first)
            Differ(number);
        numbers?.Add(number);
        count++;
    }

    public Int64Column Snapshot(int rowCount) =>
        Volatile.Read(ref numbers) is { } spelt ? Int64Column.Plain(spelt.Bytes(rowCount)) : Int64Column.Constant(first, rowCount);

    private void Differ(long number)
    {
        if (count == 0)
        {
            first = number;
            return;
        }
        var spelt = new AppendBuffer<long>();
        for (int row = 0; row < count; row++)
            spelt.Add(first);
        Volatile.Write(ref numbers, spelt);
    }
}
