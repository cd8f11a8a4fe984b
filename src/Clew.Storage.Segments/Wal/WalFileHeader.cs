using System.Buffers.Binary;

namespace Clew.Storage.Segments.Wal;

/// <summary>The first 64 bytes of a log file.</summary>
internal readonly record struct WalFileHeader(ushort Version, ushort MinReaderVersion, WalFileName Name, long CreatedNs)
{
    public const int Bytes = 64;

    private const int ChecksumAt = Bytes - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "CLEWWAL\n"u8;

    public byte[] Encode()
    {
        byte[] encoded = new byte[Bytes];
        Magic.CopyTo(encoded);
        BinaryPrimitives.WriteUInt16LittleEndian(encoded.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(encoded.AsSpan(10), MinReaderVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(encoded.AsSpan(12), Name.Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(encoded.AsSpan(16), Name.Number);
        BinaryPrimitives.WriteInt64LittleEndian(encoded.AsSpan(24), Name.First);
        BinaryPrimitives.WriteInt64LittleEndian(encoded.AsSpan(32), CreatedNs);
        BinaryPrimitives.WriteUInt32LittleEndian(encoded.AsSpan(ChecksumAt), Crc32C.Compute(encoded.AsSpan(0, ChecksumAt)));
        return encoded;
    }

    /// <summary>False when this is not the header of a log file, or is spoilt.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out WalFileHeader header)
    {
        header = default;
        if (bytes.Length < Bytes || !bytes.StartsWith(Magic))
            return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != Crc32C.Compute(bytes[..ChecksumAt]))
            return false;
        var name = new WalFileName(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
        header = new WalFileHeader(
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]),
            name,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]));
        return true;
    }
}
