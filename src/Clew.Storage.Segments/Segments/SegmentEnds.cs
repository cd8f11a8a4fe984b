using System.Buffers.Binary;

namespace Clew.Storage.Segments.Segments;

/// <summary>The fixed bytes at both ends of a segment file: what it is and who can read it at the beginning, where the footer is at the end.</summary>
internal static class SegmentEnds
{
    private const int VersionAt = 8, ReaderVersionAt = 10, HeaderChecksumAt = 12;
    private const int LengthAt = 8, TailChecksumAt = 16, TailMagicAt = 20;

    public static void WriteHeader(Span<byte> header)
    {
        SegmentFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[VersionAt..], SegmentFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header[ReaderVersionAt..], SegmentFormat.ReaderVersionMin);
        BinaryPrimitives.WriteUInt32LittleEndian(header[HeaderChecksumAt..], Crc32C.Compute(header[..HeaderChecksumAt]));
    }

    public static void WriteTail(Span<byte> tail, long footerOffset, long fileLength)
    {
        BinaryPrimitives.WriteInt64LittleEndian(tail, footerOffset);
        BinaryPrimitives.WriteInt64LittleEndian(tail[LengthAt..], fileLength);
        BinaryPrimitives.WriteUInt32LittleEndian(tail[TailChecksumAt..], Crc32C.Compute(tail[..TailChecksumAt]));
        SegmentFormat.TailMagic.CopyTo(tail[TailMagicAt..]);
    }

    /// <exception cref="SegmentFormatException">It is no segment, or damaged.</exception>
    /// <exception cref="StoreVersionException">It takes a newer program.</exception>
    public static void CheckHeader(ReadOnlySpan<byte> header, string path)
    {
        if (!header.StartsWith(SegmentFormat.Magic))
            throw new SegmentFormatException("this is no segment: its first bytes are others", $"'{path}'", 0);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[HeaderChecksumAt..]) != Crc32C.Compute(header[..HeaderChecksumAt]))
            throw new SegmentFormatException("the checksum of the header does not match", $"'{path}'", 0);
        int version = BinaryPrimitives.ReadUInt16LittleEndian(header[VersionAt..]), readerVersion = BinaryPrimitives.ReadUInt16LittleEndian(header[ReaderVersionAt..]);
        if (readerVersion > SegmentFormat.Version)
            throw new StoreVersionException(path, version, readerVersion, SegmentFormat.Version);
    }

    /// <returns>Where the footer begins.</returns>
    /// <exception cref="SegmentFormatException">It is damaged, or the file is not whole.</exception>
    public static long ReadTail(ReadOnlySpan<byte> tail, string path, long fileLength)
    {
        long at = fileLength - SegmentFormat.TailBytes;
        if (!tail[TailMagicAt..].SequenceEqual(SegmentFormat.TailMagic))
            throw new SegmentFormatException("the file does not end as a whole segment does", $"'{path}'", at);
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail[TailChecksumAt..]) != Crc32C.Compute(tail[..TailChecksumAt]))
            throw new SegmentFormatException("the checksum of the last bytes does not match", $"'{path}'", at);
        long footerOffset = BinaryPrimitives.ReadInt64LittleEndian(tail), length = BinaryPrimitives.ReadInt64LittleEndian(tail[LengthAt..]);
        if (length != fileLength)
            throw new SegmentFormatException($"the file has {fileLength} bytes, but was written with {length}", $"'{path}'", at);
        if (footerOffset < SegmentFormat.HeaderBytes || footerOffset > at)
            throw new SegmentFormatException($"the footer cannot begin at byte {footerOffset}", $"'{path}'", at);
        return footerOffset;
    }
}
