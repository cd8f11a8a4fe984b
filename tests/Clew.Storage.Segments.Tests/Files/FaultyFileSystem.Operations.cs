using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Tests.Files;

internal sealed partial class FaultyFileSystem
{
    public void CreateDirectory(string path)
    {
        lock (sync)
            directories.TryAdd(path, new FaultyDirectory());
    }

    public IReadOnlyList<string> ListFiles(string directory) => Do<IReadOnlyList<string>>(
        FileOperation.List,
        directory,
        () => directories.TryGetValue(directory, out FaultyDirectory? found) ? [.. found.Names.Keys.Order(StringComparer.Ordinal)] : []);

    public IStoreFile Create(string path) => Do<IStoreFile>(FileOperation.Create, path, () =>
    {
        if (DirectoryOf(path).Names.ContainsKey(Path.GetFileName(path)))
            throw new StoreIoException("create", path, "it exists");
        var inode = new FaultyInode();
        DirectoryOf(path).Change((Path.GetFileName(path), inode));
        return new FaultyFile(this, path, inode, writable: true);
    });

    public IStoreFile OpenRead(string path) => Do<IStoreFile>(FileOperation.Open, path, () => new FaultyFile(this, path, Find("open", path), writable: false));

    /// <summary>A copy: what is spoiled after it was taken does not show, as with pages that are in memory.</summary>
    public IMappedFile OpenMapped(string path) => Do<IMappedFile>(FileOperation.Open, path, () => new MappedCopy([.. Find("map", path).Content]));

    public void Rename(string path, string newPath) => Do(FileOperation.Rename, path, () =>
    {
        Assert.Equal(Path.GetDirectoryName(path), Path.GetDirectoryName(newPath));
        DirectoryOf(path).Change((Path.GetFileName(newPath), Find("rename", path)), (Path.GetFileName(path), null));
        return 0;
    });

    public void Delete(string path) => Do(FileOperation.Delete, path, () =>
    {
        if (DirectoryOf(path).Names.ContainsKey(Path.GetFileName(path)))
            DirectoryOf(path).Change((Path.GetFileName(path), null));
        return 0;
    });

    public void SyncDirectory(string path) => Do(FileOperation.SyncDirectory, path, () =>
    {
        directories[path].Sync();
        return 0;
    });

    public long FreeBytes(string directory) => Do(FileOperation.FreeBytes, directory, () => CapacityBytes - UsedBytes);

    public IDisposable? TryLock(string path) => Do(FileOperation.Lock, path, () => locks.Add(path) ? new HeldLock(this, path) : null);

    private sealed class MappedCopy(byte[] content) : IMappedFile
    {
        private byte[]? bytes = content;

        public ReadOnlyMemory<byte> Memory => bytes ?? throw new ObjectDisposedException(nameof(MappedCopy));

        public void Dispose() => bytes = null;
    }

    private sealed class HeldLock(FaultyFileSystem files, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (files.sync)
                files.locks.Remove(path);
        }
    }

    private sealed class FaultyFile(FaultyFileSystem files, string path, FaultyInode inode, bool writable) : IStoreFile
    {
        private bool disposed;

        public string Path => path;

        public long Length => Do(FileOperation.Read, () => inode.Content.LongLength);

        public int Read(Span<byte> buffer, long offset)
        {
            int wanted = buffer.Length;
            byte[] read = Do(FileOperation.Read, () => inode.Content.Skip((int)offset).Take(wanted).ToArray());
            read.CopyTo(buffer);
            return read.Length;
        }

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset) => Do(FileOperation.Write, () =>
        {
            Assert.True(writable);
            // One system call writes all the pieces, but pages go to the device one by one.
            foreach (ReadOnlyMemory<byte> piece in pieces)
            {
                long grown = Math.Max(0, offset + piece.Length - inode.Content.LongLength);
                long missing = Math.Max(0, files.UsedBytes + grown - files.CapacityBytes);
                int fits = (int)Math.Max(0, piece.Length - missing);
                inode.Write(offset, piece[..fits].ToArray());
                if (fits < piece.Length)
                    throw new DiskFullException("write", path);
                offset += fits;
            }
            return 0;
        });

        public void FlushToDisk() => Do(
            FileOperation.Flush,
            () =>
            {
                inode.Flush();
                return 0;
            },
            () => inode.FailFlush(files.random));

        public void Truncate(long length) => Do(FileOperation.Truncate, () =>
        {
            inode.Truncate(length);
            return 0;
        });

        public void Dispose() => disposed = true;

        private T Do<T>(FileOperation operation, Func<T> act, Action? fail = null)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return files.Do(operation, path, act, fail);
        }
    }
}
