using Microsoft.Win32.SafeHandles;

namespace Clew.Storage.Segments.Files;

/// <summary>A file of the operating system. Positional reads and writes on the bare handle: no buffer of the framework's in between.</summary>
internal sealed class PhysicalFile(string path, SafeFileHandle handle) : IStoreFile
{
    public string Path => path;

    public long Length => Try("read the length of", static (handle, _) => RandomAccess.GetLength(handle), 0);

    public int Read(Span<byte> buffer, long offset)
    {
        int total = 0;
        try
        {
            while (total < buffer.Length)
            {
                int read = RandomAccess.Read(handle, buffer[total..], offset + total);
                if (read == 0)
                    break;
                total += read;
            }
            return total;
        }
        catch (Exception exception) when (FileErrors.IsIo(exception))
        {
            throw FileErrors.Of("read", path, exception);
        }
    }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset)
    {
        try
        {
            RandomAccess.Write(handle, pieces, offset);
        }
        catch (Exception exception) when (FileErrors.IsIo(exception))
        {
            throw FileErrors.Of("write", path, exception);
        }
    }

    public void FlushToDisk()
    {
        try
        {
            NativeSync.Flush(handle, path);
        }
        catch (Exception exception) when (FileErrors.IsIo(exception))
        {
            throw FileErrors.Of("flush", path, exception);
        }
    }

    public void Truncate(long length) => Try(
        "truncate",
        static (handle, length) =>
        {
            RandomAccess.SetLength(handle, length);
            return 0L;
        },
        length);

    public void Dispose() => handle.Dispose();

    private long Try(string operation, Func<SafeFileHandle, long, long> call, long argument)
    {
        try
        {
            return call(handle, argument);
        }
        catch (Exception exception) when (FileErrors.IsIo(exception))
        {
            throw FileErrors.Of(operation, path, exception);
        }
    }
}
