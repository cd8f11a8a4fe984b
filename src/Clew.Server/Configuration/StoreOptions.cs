namespace Clew.Server.Configuration;

/// <summary>Where spans are kept and how many.</summary>
internal sealed record StoreOptions
{
    /// <summary>The kind of store. Default <c>memory</c>.</summary>
    public string Type { get; init; } = "memory";

    /// <summary>Spans kept; the oldest traces go first. Default 1,000,000.</summary>
    public long SpansMax { get; init; } = 1_000_000;

    /// <summary>Approximate bytes kept; the oldest traces go first. Default 1 GiB.</summary>
    public long BytesMax { get; init; } = 1L << 30;
}
