namespace Clew.Storage.Segments.Store;

/// <summary>
/// Bounds the memory that sealing leaves behind. Columns are put together in large arrays, which the collector only looks at when it looks at everything, and on
/// a machine with much memory that can wait until hundreds of megabytes of them have piled up (docs/performance.md). For the maintenance thread.
/// </summary>
internal sealed class SealingGarbage
{
    // Of a full head some 20 MB; so every few seconds at 100,000 spans/s, for some milliseconds in the background.
    private const long BytesMax = 64 << 20;

    private long collectedAtBytes;

    /// <summary>Asks for a collection in the background when as much was allocated since the last.</summary>
    public void Limit()
    {
        long allocatedBytes = GC.GetTotalAllocatedBytes();
        if (allocatedBytes - collectedAtBytes < BytesMax)
            return;
        collectedAtBytes = allocatedBytes;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}
