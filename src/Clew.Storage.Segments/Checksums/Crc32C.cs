using System.Buffers.Binary;
using System.Numerics;

namespace Clew.Storage.Segments;

/// <summary>
/// CRC-32C (Castagnoli, as in RFC 3720 B.4): the checksum of every file kind of the store. <see cref="BitOperations"/> compiles to the
/// processor's instruction (SSE4.2, Arm CRC32), about 7 GB/s for one thread, so checking costs less than reading.
/// </summary>
internal static class Crc32C
{
    /// <param name="bytes">What to check.</param>
    /// <param name="seed">Makes the checksum differ between files, so that bytes of one do not verify in another.</param>
    public static uint Compute(ReadOnlySpan<byte> bytes, uint seed = 0) => ~Continue(~seed, bytes);

    /// <summary>The checksum of two pieces that stand one behind the other.</summary>
    public static uint Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Continue(Continue(~0u, first), second);

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return crc;
    }
}
