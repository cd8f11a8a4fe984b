using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments.Segments;

/// <summary>Span ids as columns have them: 8 bytes, big-endian, as they are written everywhere.</summary>
internal static class IdBytes
{
    public static FixedBytesColumn Column(ReadOnlySpan<ulong> ids)
    {
        byte[] bytes = new byte[ids.Length * sizeof(ulong)];
        BinaryPrimitives.ReverseEndianness(ids, MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan()));
        return new FixedBytesColumn(bytes, sizeof(ulong));
    }

    public static ulong Read(FixedBytesColumn column, int row) => BinaryPrimitives.ReadUInt64BigEndian(column[row]);

    public static void Read(FixedBytesColumn column, int start, Span<ulong> destination) =>
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(column.Values).Slice(start, destination.Length), destination);
}
