namespace Clew.Storage;

/// <summary>How much a <see cref="MemoryStore"/> keeps; whichever bound is reached first makes it evict.</summary>
public sealed record MemoryStoreOptions
{
    public int SpansMax { get; init; } = 500_000;

    /// <summary>
    /// Approximate heap bytes of the spans. By default 512 MiB, or a quarter of what the process may use where that is less: queries and
    /// receivers need room too.
    /// </summary>
    public long BytesMax { get; init; } = Math.Min(512L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
}
