using System.Buffers.Binary;

namespace Clew.Storage.Segments;

/// <summary>
/// What stands before the bytes of every section: type (2 bytes), version (1), flags (1), stored length (4), raw length (4), CRC32C (4) of these twelve
/// bytes and the stored ones. Little-endian.
/// </summary>
internal readonly record struct SectionHeader(ushort Type, byte Version, byte Flags, int StoredLength, int RawLength, uint Checksum)
{
    public const int ByteCount = 16;

    /// <summary>The stored bytes are one Brotli stream of <see cref="RawLength"/> bytes.</summary>
    public const byte BrotliFlag = 1;

    /// <summary>Largest section, stored or raw: above what the largest head can make of one column, below what an array can hold.</summary>
    public const int SectionBytesMax = 1 << 29;

    private const int CheckedBytes = 12;

    public void WriteTo(Span<byte> destination, ReadOnlySpan<byte> stored)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, Type);
        destination[2] = Version;
        destination[3] = Flags;
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], StoredLength);
        BinaryPrimitives.WriteInt32LittleEndian(destination[8..], RawLength);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CheckedBytes..], ChecksumOf(destination, stored));
    }

    public static SectionHeader Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(source),
        source[2],
        source[3],
        BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[CheckedBytes..]));

    /// <summary>CRC32C of the header's first twelve bytes and what is stored behind it.</summary>
    public static uint ChecksumOf(ReadOnlySpan<byte> header, ReadOnlySpan<byte> stored) => Crc32C.Compute(header[..CheckedBytes], stored);
}
