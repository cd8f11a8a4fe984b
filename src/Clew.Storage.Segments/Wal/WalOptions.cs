namespace Clew.Storage.Segments.Wal;

/// <summary>How a <see cref="WriteAheadLog"/> writes.</summary>
internal sealed record WalOptions
{
    public WalDurability Durability { get; init; } = WalDurability.Fsync;

    /// <summary>How long what the operating system has may wait for its flush, with <see cref="WalDurability.Os"/>.</summary>
    public TimeSpan OsSyncInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A new file is begun when the current one has this many; files are released whole.</summary>
    public long FileBytesMax { get; init; } = 128L << 20;

    /// <summary>
    /// Bytes written and flushed at once. Flushing takes about as long for 1 MiB as for 64 KiB, and 4 times that for 4 MiB: beyond, a larger group only makes
    /// the first of it wait.
    /// </summary>
    public long GroupBytesMax { get; init; } = 4L << 20;

    /// <summary>
    /// Bytes that may wait for the disk; what comes on top is refused. The bodies are the callers', so that this bounds the time a sender waits more than memory.
    /// </summary>
    public long QueueBytesMax { get; init; } = 256L << 20;

    /// <summary>After the disk was full: how often to see whether there is space again.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After the disk was full: how much space must be free before writing begins again, so that it does not fail again at once.</summary>
    public long RecoveryBytesMin { get; init; } = 64L << 20;
}
