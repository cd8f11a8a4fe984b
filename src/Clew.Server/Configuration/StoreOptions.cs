using Clew.Storage.Segments.Wal;

namespace Clew.Server.Configuration;

/// <summary>Where spans are kept and how many.</summary>
internal sealed record StoreOptions
{
    public const string Segments = "segments";
    public const string Memory = "memory";

    /// <summary>The kind of store. Default <see cref="Segments"/>.</summary>
    public string Type { get; init; } = Segments;

    /// <summary>Data directory of the segment store; empty for <see cref="DefaultDirectory"/>.</summary>
    public string Directory { get; init; } = "";

    /// <summary>What an acknowledgement has behind it. Default: the device.</summary>
    public WalDurability Durability { get; init; } = WalDurability.Fsync;

    /// <summary>Seconds since their arrival after which spans are deleted; null keeps them. Default 14 days.</summary>
    public long? RetentionAgeSeconds { get; init; } = 14 * 24 * 3600;

    /// <summary>Bytes of segments at which the oldest are deleted; null for no bound. Default 32 GiB, some 700 million spans.</summary>
    public long? RetentionBytes { get; init; } = 32L << 30;

    /// <summary>Spans at which what is in memory is written out as a segment. Default 131,072.</summary>
    public int HeadSpansMax { get; init; } = 128 << 10;

    /// <summary>Approximate bytes at which what is in memory is written out as a segment. Default 64 MiB.</summary>
    public long HeadBytesMax { get; init; } = 64L << 20;

    /// <summary>Full heads that may wait to be written out. Default 3.</summary>
    public int HeadsWaitingMax { get; init; } = 3;

    /// <summary>Spans of a compacted segment. Default 262,144.</summary>
    public int SegmentSpansMax { get; init; } = 256 << 10;

    /// <summary>Bytes of decoded dictionary blocks kept for the next question. Default 32 MiB.</summary>
    public long CacheBytes { get; init; } = 32L << 20;

    /// <summary>Bytes of what says in memory which segments may hold a trace. Default 128 MiB.</summary>
    public long TraceDirectoryBytesMax { get; init; } = 128L << 20;

    /// <summary>Bytes allocated after which what sealing left is collected; null for never. Default 64 MiB.</summary>
    public long? SealingGarbageBytesMax { get; init; } = 64L << 20;

    /// <summary>Threads that help with long searches; null for half of the processors.</summary>
    public int? SearchHelpersMax { get; init; }

    /// <summary>Milliseconds after which a search gives what it has found. Default 30 s.</summary>
    public int SearchTimeMaxMs { get; init; } = 30_000;

    /// <summary>Spans the memory store keeps; the oldest traces go first. Default 500,000.</summary>
    public int SpansMax { get; init; } = 500_000;

    /// <summary>Approximate bytes the memory store keeps; the oldest traces go first. Default 512 MiB.</summary>
    public long BytesMax { get; init; } = 512L << 20;

    /// <summary>The data directory in force.</summary>
    public string ResolveDirectory() => Path.GetFullPath(Directory.Length > 0 ? Directory : DefaultDirectory);

    /// <summary>
    /// In the user's data folder (<c>$XDG_DATA_HOME</c> or <c>~/.local/share</c>, on Windows <c>%LOCALAPPDATA%</c>); where a user has none, as services may, the working
    /// directory.
    /// </summary>
    private static string DefaultDirectory =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? Path.Combine(folder, "clew") : "clew-data";
}
