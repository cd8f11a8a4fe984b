using System.Buffers.Binary;
using Clew.Model;

namespace Clew.Storage.Segments.Wal;

/// <summary>
/// The 40 bytes before the content of a record. It has a checksum of its own, so that lengths are known to be true before anything is read or allocated by
/// them; the checksum of the content needs no position and is computed by the thread that appends.
/// </summary>
/// <remarks>
/// The header's checksum is seeded with the file's salt. A reader looking for the next record behind spoilt bytes goes through bodies, which senders
/// choose: without knowing the salt nobody can put bytes into a body that pass for a record.
/// </remarks>
internal readonly record struct WalRecordHeader(
    long Position, BatchFormat Format, BodyEncoding Encoding, int BodyBytes, uint ContentChecksum)
{
    public const int Bytes = 40;

    /// <summary>The only type of record so far: a batch. Numbers are never reused.</summary>
    private const byte BatchType = 1;

    /// <summary>
    /// Eight bytes that have always been 0, kept for what a batch would have to be decoded with besides its body. A reader that does not know what they say must not guess.
    /// </summary>
    private const int ReservedAt = 20;

    /// <summary>F5 occurs neither in UTF-8 text nor at the start of a gzip or protobuf body.</summary>
    public static ReadOnlySpan<byte> Magic => [0xF5, (byte)'C', (byte)'W', (byte)'R'];

    public void Encode(Span<byte> target, uint salt)
    {
        target = target[..Bytes];
        target.Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], Position);
        target[16] = BatchType;
        target[17] = (byte)Format;
        target[18] = (byte)Encoding;
        BinaryPrimitives.WriteInt32LittleEndian(target[28..], BodyBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(target[32..], ContentChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Crc32C.Compute(target[8..], salt));
    }

    /// <summary>False when this is no header of a record this code can read.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, uint salt, out WalRecordHeader header)
    {
        header = default;
        if (bytes.Length < Bytes || !bytes.StartsWith(Magic))
            return false;
        bytes = bytes[..Bytes];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Crc32C.Compute(bytes[8..], salt) || bytes[16] != BatchType || BinaryPrimitives.ReadUInt64LittleEndian(bytes[ReservedAt..]) != 0)
            return false;
        header = new WalRecordHeader(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            (BatchFormat)bytes[17],
            (BodyEncoding)bytes[18],
            BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]));
        return header is { Position: > 0 and <= WalFormat.PositionMax, BodyBytes: >= 0 and <= WalFormat.ContentBytesMax };
    }
}
