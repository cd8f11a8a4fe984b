using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments;

/// <summary>How a <see cref="SegmentStore"/> keeps its data. Every bound is on what it is named after, and what exceeds it is told to the sender or counted.</summary>
public sealed record SegmentStoreOptions
{
    /// <summary>Where the data is; created when missing. One process at a time.</summary>
    public required string Directory { get; init; }

    /// <summary>What an acknowledged batch has behind it.</summary>
    public WalDurability Durability { get; init; } = WalDurability.Fsync;

    /// <summary>Age since arrival at which spans are deleted; null keeps them.</summary>
    public TimeSpan? RetentionAge { get; init; }

    /// <summary>Bytes of segments at which the oldest are deleted; null for no bound.</summary>
    public long? RetentionBytes { get; init; }

    /// <summary>Rows at which a head is sealed into a segment. 128 Ki rows of the usual size take about 50 MB in memory and seal in a fifth of a second.</summary>
    public int HeadRowsMax { get; init; } = 128 << 10;

    /// <summary>Approximate bytes of memory at which a head is sealed.</summary>
    public long HeadBytesMax { get; init; } = 64L << 20;

    /// <summary>Age at which a head is sealed however small it is, so that retention finds it in a file.</summary>
    public TimeSpan HeadAgeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Heads that may wait to be sealed; then appends wait, and are refused after <see cref="SealWait"/>.</summary>
    public int HeadsWaitingMax { get; init; } = 3;

    /// <summary>How long an append waits for a head to be sealed.</summary>
    public TimeSpan SealWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Rows of a compacted segment at most; segments of over a third of it are not merged. Fewer, larger segments make searches quicker, as each costs a look; but a
    /// merge holds one in memory.
    /// </summary>
    public int SegmentRowsMax { get; init; } = 256 << 10;

    /// <summary>Segments are only merged with others whose spans arrived in the same stretch of this length, so that retention can drop them apart.</summary>
    public TimeSpan PartitionLength { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Bytes of decoded dictionary blocks that are kept for the next question, by all stores of the process. Filters of ids take half as many besides.</summary>
    public long CacheBytes { get; init; } = 32L << 20;

    /// <summary>
    /// Bytes of the directory that says which segments may hold a trace; it takes about two a trace and segment. Segments that do not fit are asked one by one.
    /// </summary>
    public long TraceDirectoryBytesMax { get; init; } = 128L << 20;

    /// <summary>
    /// Bytes allocated by the process after which a sealed head is followed by a collection in the background, because it leaves large arrays (a full head some 20 MB) that otherwise
    /// wait for a collection of everything; null leaves that to the collector.
    /// </summary>
    public long? SealingGarbageBytesMax { get; init; } = 64L << 20;

    /// <summary>How often retention and the age of the head are looked at.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Threads that help those of their callers with searches that take long, at one time; null for half of the processors, so that appends have the others. A caller whose
    /// search gets none does it alone.
    /// </summary>
    public int? SearchHelpersMax { get; init; }

    /// <summary>Time after which a search gives what it has found, marked as incomplete.</summary>
    public TimeSpan SearchTimeMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the memory of a head is made unreadable as soon as it may be used again: tests see who still reads it.</summary>
    internal bool OverwritesReleasedHeads { get; init; }
}
