using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Store;

/// <summary>What every part of a store works with.</summary>
internal sealed record StoreContext(IFileSystem Files, SegmentStoreOptions Options, TimeProvider Time, StoreMetrics Metrics, StoreReport Report)
{
    public string SegmentDirectory { get; } = Path.Combine(Options.Directory, StoreFiles.SegmentDirectory);
}
