using System.Buffers;
using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Segments;

/// <summary>Puts sections into a file, and notes where each piece of it lies. One thread.</summary>
internal sealed class SegmentOutput : IBufferWriter<byte>
{
    private const int BufferBytes = 1 << 20;

    private readonly IStoreFile file;
    private readonly List<SegmentEntry> entries = [];
    private byte[] buffer = new byte[BufferBytes];
    private int used;
    private long flushed;

    public SegmentOutput(IStoreFile file)
    {
        this.file = file;
        Writer = new ColumnWriter(this);
        SegmentEnds.WriteHeader(GetSpan(SegmentFormat.HeaderBytes));
        Advance(SegmentFormat.HeaderBytes);
    }

    /// <summary>Writes the sections of a piece, between calls of <see cref="End"/>.</summary>
    public ColumnWriter Writer { get; }

    public IReadOnlyList<SegmentEntry> Entries => entries;

    private long Position => flushed + used;

    /// <summary>Everything written since the last call was this piece.</summary>
    public void End(SegmentSection section, int number = 0)
    {
        long offset = entries.Count == 0 ? SegmentFormat.HeaderBytes : entries[^1].Offset + entries[^1].Length;
        entries.Add(new SegmentEntry(section, number, offset, Position - offset));
    }

    /// <summary>Writes the footer and the file's end, and returns when all of it is on the device.</summary>
    /// <returns>Bytes of the file.</returns>
    public long Finish(SegmentFooter footer)
    {
        long footerOffset = Position;
        footer.WriteTo(Writer);
        long length = Position + SegmentFormat.TailBytes;
        if (length > int.MaxValue)
            throw new InvalidOperationException($"A segment would have {length} bytes; at most {int.MaxValue} can be mapped. Make it of fewer tables.");
        SegmentEnds.WriteTail(GetSpan(SegmentFormat.TailBytes), footerOffset, length);
        Advance(SegmentFormat.TailBytes);
        Flush();
        file.FlushToDisk();
        return length;
    }

    public void Advance(int count) => used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return buffer.AsMemory(used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return buffer.AsSpan(used);
    }

    private void MakeRoom(int bytes)
    {
        if (buffer.Length - used >= Math.Max(1, bytes))
            return;
        Flush();
        if (buffer.Length < bytes)
            buffer = new byte[bytes];
    }

    private void Flush()
    {
        if (used == 0)
            return;
        file.Write([buffer.AsMemory(0, used)], flushed);
        flushed += used;
        used = 0;
    }
}
