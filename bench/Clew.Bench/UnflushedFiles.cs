using Clew.Storage.Segments.Files;

namespace Clew.Bench;

/// <summary>The operating system's files, but nothing waits for the disk: for measuring what comes before.</summary>
internal sealed class UnflushedFiles : IFileSystem
{
    private readonly PhysicalFileSystem files = new();

    public void CreateDirectory(string path) => files.CreateDirectory(path);

    public IReadOnlyList<string> ListFiles(string directory) => files.ListFiles(directory);

    public IStoreFile Create(string path) => new UnflushedFile(files.Create(path));

    public IStoreFile OpenRead(string path) => files.OpenRead(path);

    public IMappedFile OpenMapped(string path) => files.OpenMapped(path);

    public void Rename(string path, string newPath) => files.Rename(path, newPath);

    public void Delete(string path) => files.Delete(path);

    public void SyncDirectory(string path)
    {
    }

    public long FreeBytes(string directory) => files.FreeBytes(directory);

    public IDisposable? TryLock(string path) => files.TryLock(path);

    private sealed class UnflushedFile(IStoreFile file) : IStoreFile
    {
        public string Path => file.Path;

        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset) => file.Write(pieces, offset);

        public void FlushToDisk()
        {
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Dispose() => file.Dispose();
    }
}
