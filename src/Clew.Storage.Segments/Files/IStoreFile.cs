namespace Clew.Storage.Segments.Files;

/// <summary>
/// An open file. Reads may come from any thread at once; writes, flushes and truncation from one thread at a time. Every member throws
/// <see cref="StoreIoException"/> when the operating system refuses.
/// </summary>
internal interface IStoreFile : IDisposable
{
    string Path { get; }

    /// <summary>Bytes, written but not necessarily on the device.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    /// <returns>Bytes read.</returns>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes the pieces one behind the other. After a failure any part of them may have been written.</summary>
    /// <exception cref="DiskFullException"/>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset);

    /// <summary>
    /// Returns when what was written survives a power loss. After a failure nothing is known of what was written since the last flush, and a
    /// later success proves nothing about it: the kernel may have dropped the pages (fsync(2), "EIO"). Do not go on with the file.
    /// </summary>
    void FlushToDisk();

    void Truncate(long length);
}
