using System.Numerics;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Which rows have a value of a column that not all rows have, and where among the values it stands. All rows, one bit a row with counts of what came
/// before, or, where fewer than one row in 64 has a value, the rows themselves. Immutable; any number of threads may use one at once.
/// </summary>
internal sealed partial class PresenceBitmap
{
    /// <summary>A count before every 512 rows: 1/16 of the bits' own size, and at most eight words to count within.</summary>
    public const int WordsPerRank = 8;

    /// <summary>At one row in 64 a row's own number, four bytes, takes half of what its share of the bits would.</summary>
    private const int SparseShare = 64;

    private readonly Form form;
    private readonly ReadOnlyMemory<byte> data;
    private readonly int[] ranks;
    private readonly PresenceChunks? chunks;

    private PresenceBitmap(Form form, int rowCount, int count, ReadOnlyMemory<byte> data, int[] ranks)
    {
        this.form = form;
        RowCount = rowCount;
        Count = count;
        this.data = data;
        this.ranks = ranks;
    }

    private PresenceBitmap(PresenceChunks chunks, int rowCount, int count)
        : this(Form.Dense, rowCount, count, default, chunks.Ranks)
    {
        this.chunks = chunks;
    }

    private enum Form : byte
    {
        All = 0,
        Dense = 1,
        Sparse = 2,
    }

    public int RowCount { get; }

    /// <summary>How many rows have a value.</summary>
    public int Count { get; }

    public bool IsAll => form == Form.All;

    private ReadOnlySpan<ulong> Words => chunks is null ? MemoryMarshal.Cast<byte, ulong>(data.Span) : chunks.All();

    private ReadOnlySpan<int> Rows => MemoryMarshal.Cast<byte, int>(data.Span);

    /// <summary>A view of ascending row numbers, 4 bytes each, such as a growing column has.</summary>
    public static PresenceBitmap View(ReadOnlyMemory<byte> rows, int rowCount)
    {
        int count = rows.Length / sizeof(int);
        return count == rowCount ? new PresenceBitmap(Form.All, rowCount, count, default, []) : new PresenceBitmap(Form.Sparse, rowCount, count, rows, []);
    }

    /// <summary>Rows that something else knows, and is asked for when they are needed.</summary>
    /// <param name="source">Knows them.</param>
    /// <param name="rowCount">Rows.</param>
    /// <param name="counts">How many have a value of each <see cref="PresenceChunks.ChunkRows"/> rows; the reader finds out when it is not so.</param>
    public static PresenceBitmap Known(IPresenceRows source, int rowCount, ReadOnlySpan<int> counts)
    {
        int[] before = new int[counts.Length + 1];
        for (int chunk = 0; chunk < counts.Length; chunk++)
            before[chunk + 1] = before[chunk] + counts[chunk];
        int count = before[^1];
        return count == rowCount ? new PresenceBitmap(Form.All, rowCount, count, default, []) : new PresenceBitmap(new PresenceChunks(source, rowCount, before), rowCount, count);
    }

    /// <param name="rows">Which rows have a value.</param>
    public static PresenceBitmap From(RowBitmap rows)
    {
        int count = rows.Count(), rowCount = rows.RowCount;
        if (count < rowCount && count >= rowCount / SparseShare)
            return Dense(MemoryMarshal.AsBytes(rows.Words).ToArray(), rowCount);
        int[] numbers = new int[count == rowCount ? 0 : count];
        int next = 0;
        if (count < rowCount)
        {
            foreach (int row in rows)
                numbers[next++] = row;
        }
        return new PresenceBitmap(count == rowCount ? Form.All : Form.Sparse, rowCount, count, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray(), []);
    }

    /// <summary>Writes the rows that have a value, ascending.</summary>
    /// <param name="destination">Room for <see cref="Count"/>.</param>
    public void CopyRows(Span<int> destination)
    {
        switch (form)
        {
            case Form.All:
                for (int row = 0; row < RowCount; row++)
                    destination[row] = row;
                break;
            case Form.Sparse:
                Rows.CopyTo(destination);
                break;
            default:
                int next = 0;
                var set = new RowEnumerator(Words);
                while (set.MoveNext())
                    destination[next++] = set.Current;
                break;
        }
    }

    /// <summary>How many of each <see cref="PresenceChunks.ChunkRows"/> rows have a value.</summary>
    /// <param name="counts">Room for <see cref="PresenceChunks.CountOf"/>.</param>
    public void CountChunks(Span<int> counts)
    {
        counts.Clear();
        switch (form)
        {
            case Form.All:
                for (int chunk = 0; chunk < counts.Length; chunk++)
                    counts[chunk] = Math.Min(PresenceChunks.ChunkRows, RowCount - chunk * PresenceChunks.ChunkRows);
                break;
            case Form.Sparse:
                foreach (int row in Rows)
                    counts[row / PresenceChunks.ChunkRows]++;
                break;
            default:
                ReadOnlySpan<ulong> words = Words;
                for (int i = 0; i < words.Length; i++)
                    counts[i * 64 / PresenceChunks.ChunkRows] += BitOperations.PopCount(words[i]);
                break;
        }
    }

    /// <summary>The position of a row among those that have a value, or -1 when it has none.</summary>
    public int Rank(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
        switch (form)
        {
            case Form.All:
                return row;
            case Form.Sparse:
                return Math.Max(Rows.BinarySearch(row), -1);
            default:
                ReadOnlySpan<ulong> words = chunks is null ? Words : chunks.Around(row);
                int word = row >> 6;
                if ((words[word] >> row & 1) == 0)
                    return -1;
                int rank = ranks[word / WordsPerRank];
                for (int i = word - word % WordsPerRank; i < word; i++)
                    rank += BitOperations.PopCount(words[i]);
                return rank + BitOperations.PopCount(words[word] & ((1UL << row) - 1));
        }
    }

    private static PresenceBitmap Dense(ReadOnlyMemory<byte> data, int rowCount)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(data.Span);
        int[] ranks = new int[(words.Length + WordsPerRank - 1) / WordsPerRank];
        int count = 0;
        for (int i = 0; i < words.Length; i++)
        {
            if (i % WordsPerRank == 0)
                ranks[i / WordsPerRank] = count;
            count += BitOperations.PopCount(words[i]);
        }
        return new PresenceBitmap(Form.Dense, rowCount, count, data, ranks);
    }
}
