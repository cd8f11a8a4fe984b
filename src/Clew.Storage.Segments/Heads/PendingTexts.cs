using Clew.Model;

namespace Clew.Storage.Segments.Heads;

/// <summary>
/// For the writer: strings of one column that wait to be looked up together. They are slices of a batch, so they are looked up before it ends.
/// </summary>
internal sealed class PendingTexts
{
    private int[] rows = new int[8];
    private Utf8Slice[] values = new Utf8Slice[8];
    private int count;

    public bool IsEmpty => count == 0;

    public void Add(int row, Utf8Slice value)
    {
        int at = count;
        if (at == rows.Length)
            Grow();
        rows[at] = row;
        values[at] = value;
        count = at + 1;
    }

    /// <summary>Adds them to their column.</summary>
    /// <exception cref="HeadFullException">Its dictionary is full.</exception>
    public void MoveTo(AttributeColumnBuilder column, SliceBytes bytesOf)
    {
        if (!column.TryAddTexts(rows.AsSpan(0, count), new SlicesOfBatch(bytesOf, values.AsSpan(0, count))))
            throw HeadFullException.Create();
        count = 0;
    }

    private void Grow()
    {
        Array.Resize(ref rows, count * 2);
        Array.Resize(ref values, count * 2);
    }
}
