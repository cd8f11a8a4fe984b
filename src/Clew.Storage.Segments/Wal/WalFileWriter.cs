using System.Security.Cryptography;
using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Wal;

/// <summary>Appends to one log file. Belongs to the committer thread.</summary>
/// <remarks>
/// Headers and small bodies are copied into one buffer, which lives as long as the log; large bodies are written from where they are. Pieces collect until the buffer is
/// full, then one system call writes them all.
/// </remarks>
internal sealed class WalFileWriter : IDisposable
{
    /// <summary>Copying 16 KiB takes about 1 µs, what a further piece costs a vectored write.</summary>
    private const int CopiedBytesMax = 16 << 10;

    private readonly IStoreFile file;
    private readonly byte[] buffer;
    private readonly List<ReadOnlyMemory<byte>> pieces = [];
    private int bufferStart;
    private int bufferEnd;

    private WalFileWriter(IStoreFile file, WalFileName name, byte[] buffer)
    {
        this.file = file;
        this.buffer = buffer;
        Name = name;
        Length = WalFileHeader.Bytes;
        KeptLength = WalFileHeader.Bytes;
    }

    public WalFileName Name { get; }

    public string Path => file.Path;

    /// <summary>Bytes written, with those of the current group.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes up to the end of the last group that was acknowledged.</summary>
    public long KeptLength { get; private set; }

    /// <summary>A buffer for <see cref="Create"/>. Pinned: the kernel reads from it in every write.</summary>
    public static byte[] NewBuffer() => GC.AllocateUninitializedArray<byte>(1 << 20, pinned: true);

    /// <summary>Creates the next file; it and its name are durable when this returns.</summary>
    public static WalFileWriter Create(IFileSystem files, string directory, uint number, long first, byte[] buffer, TimeProvider time)
    {
        var name = new WalFileName(number, first, BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint))));
        IStoreFile file = files.Create(System.IO.Path.Combine(directory, name.ToString()));
        try
        {
            long createdNs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            file.Write([new WalFileHeader(WalFormat.Version, WalFormat.MinReaderVersion, name, createdNs).Encode()], 0);
            file.FlushToDisk();
            files.SyncDirectory(directory);
            return new WalFileWriter(file, name, buffer);
        }
        catch (StoreIoException)
        {
            file.Dispose();
            BestEffort.Delete(files, file.Path);
            throw;
        }
    }

    public void Add(PendingAppend append, long position)
    {
        Span<byte> header = Reserve(WalRecordHeader.Bytes);
        append.Header(position).Encode(header, Name.Salt);
        AddContent(append.Body);
    }

    /// <summary>Hands what was added to the operating system.</summary>
    public void Write()
    {
        EndRun();
        if (pieces.Count == 0)
            return;
        long bytes = 0;
        foreach (ReadOnlyMemory<byte> piece in pieces)
            bytes += piece.Length;
        file.Write(pieces, Length);
        Length += bytes;
        pieces.Clear();
        bufferStart = bufferEnd = 0;
    }

    public void Flush() => file.FlushToDisk();

    /// <summary>What is written so far counts: it is about to be acknowledged.</summary>
    public void Keep() => KeptLength = Length;

    /// <summary>
    /// After a failure: takes away what was not acknowledged, if that can be done, to leave the space to others. Readers do not depend on it.
    /// </summary>
    public void CutToKept() => BestEffort.Truncate(file, KeptLength);

    public void Dispose() => file.Dispose();

    private void AddContent(ReadOnlyMemory<byte> content)
    {
        if (content.Length > CopiedBytesMax)
        {
            EndRun();
            pieces.Add(content);
        }
        else if (!content.IsEmpty)
        {
            content.Span.CopyTo(Reserve(content.Length));
        }
    }

    private Span<byte> Reserve(int bytes)
    {
        if (buffer.Length - bufferEnd < bytes)
            Write();
        bufferEnd += bytes;
        return buffer.AsSpan(bufferEnd - bytes, bytes);
    }

    private void EndRun()
    {
        if (bufferEnd == bufferStart)
            return;
        pieces.Add(buffer.AsMemory(bufferStart, bufferEnd - bufferStart));
        bufferStart = bufferEnd;
    }
}
