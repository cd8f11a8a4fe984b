using System.Numerics;

namespace Clew.Storage.Segments;

/// <summary>
/// The bits of a <see cref="PresenceBitmap"/> that something else knows, found where they are first asked for: a trace is a run of rows, and reading it asks about the same few
/// thousand rows of each column. How many values there are in each chunk is known beforehand, so that a position needs no bits before its own chunk.
/// </summary>
internal sealed class PresenceChunks
{
    /// <summary>Rows whose bits are found together.</summary>
    public const int ChunkRows = 4096;

    private const int ChunkWords = ChunkRows / 64;

    private readonly IPresenceRows source;
    private readonly int rowCount;
    private readonly int[] before;
    private readonly bool[] isRead;
    private ulong[]? words;
    private bool allRead;

    /// <param name="source">Knows the rows.</param>
    /// <param name="rowCount">Rows.</param>
    /// <param name="before">Values before each chunk, and behind the last chunk the values in all.</param>
    public PresenceChunks(IPresenceRows source, int rowCount, int[] before)
    {
        this.source = source;
        this.rowCount = rowCount;
        this.before = before;
        isRead = new bool[before.Length - 1];
        Ranks = new int[(RowBitmap.WordCount(rowCount) + PresenceBitmap.WordsPerRank - 1) / PresenceBitmap.WordsPerRank];
    }

    /// <summary>Values before every <see cref="PresenceBitmap.WordsPerRank"/> words, where their chunk was read.</summary>
    public int[] Ranks { get; }

    public static int CountOf(int rowCount) => (int)(((long)rowCount + ChunkRows - 1) / ChunkRows);

    /// <summary>All words.</summary>
    /// <exception cref="SegmentFormatException">They are not as many values as was said.</exception>
    public ReadOnlySpan<ulong> All()
    {
        if (!Volatile.Read(ref allRead))
        {
            for (int chunk = 0; chunk < isRead.Length; chunk++)
                Ensure(chunk);
            Volatile.Write(ref allRead, true);
        }
        return words;
    }

    /// <summary>The words, of which those of the row's chunk are right.</summary>
    /// <inheritdoc cref="All"/>
    public ReadOnlySpan<ulong> Around(int row)
    {
        Ensure(row / ChunkRows);
        return words;
    }

    private void Ensure(int chunk)
    {
        if (!Volatile.Read(ref isRead[chunk]))
            Read(chunk);
    }

    // Two threads may read a chunk at once: what they put there is the same, whole words at a time.
    private void Read(int chunk)
    {
        Span<ulong> read = stackalloc ulong[ChunkWords];
        int start = chunk * ChunkRows, count = Math.Min(ChunkRows, rowCount - start);
        read = read[..RowBitmap.WordCount(count)];
        source.Read(start, count, read);
        ulong[] all = Volatile.Read(ref words) ?? Interlocked.CompareExchange(ref words, new ulong[RowBitmap.WordCount(rowCount)], null) ?? words;
        int rank = before[chunk];
        for (int i = 0; i < read.Length; i++)
        {
            if (i % PresenceBitmap.WordsPerRank == 0)
                Ranks[(chunk * ChunkWords + i) / PresenceBitmap.WordsPerRank] = rank;
            rank += BitOperations.PopCount(read[i]);
            all[chunk * ChunkWords + i] = read[i];
        }
        if (rank != before[chunk + 1])
            throw new SegmentFormatException($"{rank - before[chunk]} of the rows from {start} on have a value, but {before[chunk + 1] - before[chunk]} values are there", nameof(SectionType.Attribute), 0);
        Volatile.Write(ref isRead[chunk], true);
    }
}
