namespace Clew.Storage.Segments.Store;

/// <summary>
/// Bounds the memory that sealing leaves behind. Columns are put together in large arrays, which the collector only looks at when it looks at everything, and on
/// a machine with much memory that can wait until hundreds of megabytes of them have piled up (docs/performance.md). For the maintenance thread.
/// </summary>
/// <param name="bytesMax">What may be allocated from one collection to the next; null for no bound. By default reached every few seconds at 100,000 spans/s.</param>
/// <param name="onCollect">Is told of each collection.</param>
internal sealed class SealingGarbage(long? bytesMax, Action onCollect)
{
    private long collectedAtBytes;

    /// <summary>Asks for a collection in the background when as much was allocated since the last.</summary>
    public void Limit()
    {
        long allocatedBytes = GC.GetTotalAllocatedBytes();
        if (bytesMax is null || allocatedBytes - collectedAtBytes < bytesMax)
            return;
        collectedAtBytes = allocatedBytes;
        onCollect();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}
