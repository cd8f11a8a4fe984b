using System.Buffers;
using System.Buffers.Binary;

namespace Clew.Storage.Segments;

/// <summary>
/// Writes sections one after the other. What belongs to a section is written between <see cref="Begin"/> and <see cref="End"/>, into a buffer that is kept
/// for the next. One thread at a time.
/// </summary>
internal sealed class ColumnWriter(IBufferWriter<byte> output)
{
    // 4 MiB: what repeats in a dictionary repeats closer than that, and the window is allocated anew for each section.
    private const int BrotliWindowBits = 22;

    private readonly ArrayBufferWriter<byte> section = new();
    private SectionType? current;
    private byte version;

    /// <summary>Starts a section; the one before it must have ended.</summary>
    public void Begin(SectionType type, byte version)
    {
        if (current is { } open)
            throw new InvalidOperationException($"Section {open} has not ended.");
        current = type;
        this.version = version;
        section.ResetWrittenCount();
    }

    public void WriteByte(byte value)
    {
        section.GetSpan(1)[0] = value;
        section.Advance(1);
    }

    public void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(section.GetSpan(sizeof(long)), value);
        section.Advance(sizeof(long));
    }

    /// <summary>Seven bits a byte, lowest first.</summary>
    public void WriteVarint(ulong value) => section.Advance(Varint.Write(section.GetSpan(Varint.BytesMax), value));

    public void WriteBytes(ReadOnlySpan<byte> bytes) => section.Write(bytes);

    /// <summary>Ends the section and gives it to the output.</summary>
    /// <param name="tryBrotli">Compresses with Brotli at quality 1 and keeps that when it saves at least an eighth: reading it back costs about a nanosecond a byte.</param>
    /// <exception cref="InvalidOperationException">No section was begun, or it is larger than <see cref="SectionHeader.SectionBytesMax"/>.</exception>
    public void End(bool tryBrotli)
    {
        if (current is not { } type)
            throw new InvalidOperationException("No section was begun.");
        current = null;
        ReadOnlySpan<byte> raw = section.WrittenSpan;
        if (raw.Length > SectionHeader.SectionBytesMax)
            throw new InvalidOperationException($"Section {type} has {raw.Length} bytes; at most {SectionHeader.SectionBytesMax} are allowed.");
        using var compressed = new PooledBytes();
        if (tryBrotli)
            Brotli.AppendSmaller(raw, compressed, BrotliWindowBits);
        ReadOnlySpan<byte> stored = tryBrotli ? compressed.Written : raw;
        byte flags = stored.Length == raw.Length ? (byte)0 : SectionHeader.BrotliFlag;
        Span<byte> destination = output.GetSpan(SectionHeader.ByteCount + stored.Length);
        new SectionHeader((ushort)type, version, flags, stored.Length, raw.Length, 0).WriteTo(destination, stored);
        stored.CopyTo(destination[SectionHeader.ByteCount..]);
        output.Advance(SectionHeader.ByteCount + stored.Length);
    }
}
