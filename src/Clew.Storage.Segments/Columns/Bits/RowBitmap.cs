using System.Buffers;
using System.Diagnostics;
using System.Numerics;

namespace Clew.Storage.Segments;

/// <summary>
/// One bit a row: what a scan found, and what and/or/not combine. Its memory comes from the array pool: who rents one disposes it, once, and nobody
/// uses it afterwards. One thread at a time.
/// </summary>
/// <remarks>Bits past the last row are always zero; counting and walking rely on it.</remarks>
internal sealed class RowBitmap : IDisposable
{
    private ulong[]? words;

    private RowBitmap(ulong[] words, int rowCount)
    {
        this.words = words;
        RowCount = rowCount;
    }

    public int RowCount { get; }

    /// <summary>64 rows a word, row 0 in the lowest bit. Who writes words leaves the bits past the last row zero, or calls <see cref="ClearTail"/>.</summary>
    public Span<ulong> Words => words!.AsSpan(0, WordCount(RowCount));

    public bool this[int row] => (Words[row >> 6] >> row & 1) != 0;

    public bool IsEmpty => !Words.ContainsAnyExcept(0UL);

    /// <summary>A bitmap with no row set.</summary>
    public static RowBitmap Rent(int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        var bitmap = new RowBitmap(ArrayPool<ulong>.Shared.Rent(WordCount(rowCount)), rowCount);
        bitmap.Clear();
        return bitmap;
    }

    public static int WordCount(int rowCount) => (int)((rowCount + 63L) >> 6);

    public void Set(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
        Words[row >> 6] |= 1UL << row;
    }

    /// <summary>Sets the rows from <paramref name="from"/> on that are below <paramref name="to"/>.</summary>
    public void SetRange(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, RowCount);
        if (from >= to)
            return;
        Span<ulong> all = Words;
        int first = from >> 6, last = (to - 1) >> 6;
        ulong head = ulong.MaxValue << from, tail = ulong.MaxValue >> -to;
        if (first == last)
        {
            all[first] |= head & tail;
            return;
        }
        all[first] |= head;
        all[(first + 1)..last].Fill(ulong.MaxValue);
        all[last] |= tail;
    }

    public void Clear() => Words.Clear();

    public void SetAll()
    {
        Words.Fill(ulong.MaxValue);
        ClearTail();
    }

    public void And(RowBitmap other) => Combine<WordAnd>(other);

    public void Or(RowBitmap other) => Combine<WordOr>(other);

    /// <summary>Keeps the rows that <paramref name="other"/> does not have.</summary>
    public void AndNot(RowBitmap other) => Combine<WordAndNot>(other);

    public void Not()
    {
        WordOperators.Apply<WordNot>(Words, Words);
        ClearTail();
    }

    /// <summary>How many rows are set.</summary>
    public int Count()
    {
        int count = 0;
        foreach (ulong word in Words)
            count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>The first set row from <paramref name="row"/> on, or -1.</summary>
    public int Next(int row)
    {
        ReadOnlySpan<ulong> all = Words;
        int index = row >> 6;
        if ((uint)index >= (uint)all.Length)
            return -1;
        ulong word = all[index] & (ulong.MaxValue << row);
        while (word == 0)
        {
            if (++index >= all.Length)
                return -1;
            word = all[index];
        }
        return (index << 6) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>The set rows in ascending order.</summary>
    public RowEnumerator GetEnumerator() => new(Words);

    /// <summary>Makes the bits past the last row zero again.</summary>
    public void ClearTail()
    {
        if ((RowCount & 63) != 0)
            Words[^1] &= ulong.MaxValue >> -RowCount;
    }

    public void Dispose()
    {
        if (words is { } rented)
        {
            words = null;
            ArrayPool<ulong>.Shared.Return(rented);
        }
    }

    private void Combine<TOperator>(RowBitmap other) where TOperator : struct, IWordOperator
    {
        if (other.RowCount != RowCount)
            throw new ArgumentException($"The other bitmap has {other.RowCount} rows, this one {RowCount}.", nameof(other));
        Debug.Assert(words is not null, "The bitmap was disposed.");
        WordOperators.Apply<TOperator>(Words, other.Words);
    }
}
