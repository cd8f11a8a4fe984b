namespace Clew.Server.Configuration;

/// <summary>Where spans are kept and how many.</summary>
internal sealed record StoreOptions
{
    public const string Memory = "memory";

    /// <summary>The kind of store. Default <see cref="Memory"/>.</summary>
    public string Type { get; init; } = Memory;

    /// <summary>Spans kept; the oldest traces go first. Default 500,000.</summary>
    public int SpansMax { get; init; } = 500_000;

    /// <summary>Approximate bytes kept; the oldest traces go first. Default 512 MiB.</summary>
    public long BytesMax { get; init; } = 512L << 20;
}
