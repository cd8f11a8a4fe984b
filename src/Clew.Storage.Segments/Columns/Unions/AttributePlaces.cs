using System.Buffers;
using System.Numerics;

namespace Clew.Storage.Segments;

/// <summary>
/// Finds which rows of a union have a value, and where among them each value of the columns it is made of goes. Keys that always come together stand on the same rows, so what was
/// found last is kept, and given again for columns whose rows are the same. One thread; its arrays are of the pool.
/// </summary>
/// <param name="rowCount">Rows of the union.</param>
internal sealed class AttributePlaces(int rowCount) : IDisposable
{
    private int[] rows = ArrayPool<int>.Shared.Rent(rowCount);
    private int[] lastRows = ArrayPool<int>.Shared.Rent(rowCount);
    private readonly int[] positions = ArrayPool<int>.Shared.Rent(rowCount);
    private PresenceBitmap? last;

    public int RowCount => rowCount;

    /// <summary>For each value of the columns that <see cref="Find"/> was given last, one column after the other, its position among the values of the union.</summary>
    public ReadOnlyMemory<int> Positions => positions.AsMemory(0, last?.Count ?? 0);

    /// <summary>The rows of the union that have a value of one of the columns.</summary>
    public PresenceBitmap Find(List<Placed<AttributePart>> inputs)
    {
        int count = 0;
        foreach (Placed<AttributePart> input in inputs)
        {
            Span<int> own = rows.AsSpan(count, input.Column.Presence.Count);
            input.Column.Presence.CopyRows(own);
            ReadOnlySpan<int> newRows = input.Rows.Span;
            foreach (ref int row in own)
                row = newRows[row];
            count += own.Length;
        }
        if (last is not null && rows.AsSpan(0, count).SequenceEqual(lastRows.AsSpan(0, last.Count)))
            return last;
        (rows, lastRows) = (lastRows, rows);
        return last = Place(lastRows.AsSpan(0, count));
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(rows);
        ArrayPool<int>.Shared.Return(lastRows);
        ArrayPool<int>.Shared.Return(positions);
    }

    // Bits are set first, and the positions counted from them, which takes no sort whatever the order of rows was.
    private PresenceBitmap Place(ReadOnlySpan<int> newRows)
    {
        using RowBitmap present = RowBitmap.Rent(rowCount);
        Span<ulong> words = present.Words;
        foreach (int row in newRows)
            words[row >> 6] |= 1UL << row;
        if (newRows.Length == rowCount)
        {
            newRows.CopyTo(positions);
            return PresenceBitmap.From(present);
        }
        int[] before = ArrayPool<int>.Shared.Rent(Math.Max(1, words.Length));
        int total = 0;
        for (int i = 0; i < words.Length; i++)
        {
            before[i] = total;
            total += BitOperations.PopCount(words[i]);
        }
        for (int i = 0; i < newRows.Length; i++)
        {
            int row = newRows[i];
            positions[i] = before[row >> 6] + BitOperations.PopCount(words[row >> 6] & ((1UL << row) - 1));
        }
        ArrayPool<int>.Shared.Return(before);
        return PresenceBitmap.From(present);
    }
}
