namespace Clew.Server.Configuration;

/// <summary>Where traces are kept that somebody archives.</summary>
internal sealed record ArchiveOptions
{
    /// <summary>A directory, created when it is not there; empty: in memory. Default empty.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Bytes of all archived traces; beyond it archiving is refused. Default 256 MiB.</summary>
    public long BytesMax { get; init; } = 256L << 20;
}
