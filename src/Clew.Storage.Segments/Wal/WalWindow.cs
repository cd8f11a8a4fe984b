using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Wal;

/// <summary>
/// A part of a file in memory that moves along with reading. Holds a given number of bytes, or one record when that is larger. What the device cannot read is
/// zeros here, which no checksum takes for data. One thread at a time.
/// </summary>
internal sealed class WalWindow(int windowBytes)
{
    /// <summary>A device fails to read sectors, and the kernel pages: everything around them is still there.</summary>
    private const int PageBytes = 4096;

    private byte[] buffer = [];
    private IStoreFile? file;
    private long start;
    private int count;

    /// <summary>Bytes of the file.</summary>
    public long Length { get; private set; }

    public void Open(IStoreFile opened)
    {
        file = opened;
        Length = opened.Length;
        (start, count) = (0, 0);
    }

    /// <summary>Bytes of the file, fewer than asked for where it ends. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> At(long offset, int bytes)
    {
        bytes = (int)Math.Clamp(Length - offset, 0, bytes);
        if (offset < start || offset + bytes > start + count)
            Fill(offset, bytes);
        return buffer.AsMemory((int)(offset - start), bytes);
    }

    private void Fill(long offset, int bytes)
    {
        int wanted = (int)Math.Min(Math.Max(bytes, windowBytes), Length - offset);
        byte[] target = wanted <= buffer.Length ? buffer : new byte[wanted];
        int kept = offset >= start && offset < start + count ? (int)(start + count - offset) : 0;
        buffer.AsSpan((int)(kept == 0 ? 0 : offset - start), kept).CopyTo(target);
        buffer = target;
        ReadOrClear(target.AsSpan(kept, wanted - kept), offset + kept);
        (start, count) = (offset, wanted);
    }

    private void ReadOrClear(Span<byte> target, long offset)
    {
        try
        {
            ReadFully(target, offset);
        }
        catch (StoreIoException)
        {
            for (; !target.IsEmpty; offset += PageBytes)
            {
                Span<byte> page = target[..Math.Min(PageBytes, target.Length)];
                target = target[page.Length..];
                try
                {
                    ReadFully(page, offset);
                }
                catch (StoreIoException)
                {
                    page.Clear();
                }
            }
        }
    }

    // The file does not shrink while the directory is locked; should it have, zeros stand for what is gone.
    private void ReadFully(Span<byte> target, long offset) => target[file!.Read(target, offset)..].Clear();
}
