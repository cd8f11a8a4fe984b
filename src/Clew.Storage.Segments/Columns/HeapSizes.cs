namespace Clew.Storage.Segments;

/// <summary>What growing columns take: in memory in all, and of it the bytes of their dictionaries' values.</summary>
internal record struct HeapSizes
{
    public long HeapBytes;
    public long ValueBytes;
}
