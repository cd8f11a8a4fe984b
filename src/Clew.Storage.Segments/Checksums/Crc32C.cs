using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>
/// CRC-32C (Castagnoli, as in RFC 3720 B.4): the checksum of every file kind of the store. <see cref="BitOperations"/> compiles to the
/// processor's instruction (SSE4.2, Arm CRC32). Each waits three cycles for the one before it, so long pieces are divided into three that are gone through side by side.
/// </summary>
internal static class Crc32C
{
    /// <summary>Bytes of each of three pieces. Putting their checksums together costs eight look-ups.</summary>
    internal const int StripeBytes = 2048;

    // What a checksum becomes by a stripe of zeros behind it, for each value of each of its four bytes: checksums are linear, so these only have to be combined.
    private static readonly uint[] BehindStripe = MakeBehindStripe();

    /// <param name="bytes">What to check.</param>
    /// <param name="seed">Makes the checksum differ between files, so that bytes of one do not verify in another.</param>
    public static uint Compute(ReadOnlySpan<byte> bytes, uint seed = 0) => ~Continue(~seed, bytes);

    /// <summary>The checksum of two pieces that stand one behind the other.</summary>
    public static uint Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Continue(Continue(~0u, first), second);

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 3 * StripeBytes)
        {
            crc = ContinueStripes(crc, MemoryMarshal.Cast<byte, ulong>(bytes[..(3 * StripeBytes)]));
            bytes = bytes[(3 * StripeBytes)..];
        }
        return ContinueOne(crc, bytes);
    }

    private static uint ContinueStripes(uint crc, ReadOnlySpan<ulong> words)
    {
        const int stripe = StripeBytes / sizeof(ulong);
        ReadOnlySpan<ulong> first = words[..stripe], second = words.Slice(stripe, stripe), third = words.Slice(2 * stripe, stripe);
        uint ofSecond = 0, ofThird = 0;
        for (int i = 0; i < first.Length; i++)
        {
            crc = BitOperations.Crc32C(crc, first[i]);
            ofSecond = BitOperations.Crc32C(ofSecond, second[i]);
            ofThird = BitOperations.Crc32C(ofThird, third[i]);
        }
        return WithStripeBehind(WithStripeBehind(crc) ^ ofSecond) ^ ofThird;
    }

    private static uint WithStripeBehind(uint crc) =>
        BehindStripe[(byte)crc] ^ BehindStripe[256 + (byte)(crc >> 8)] ^ BehindStripe[512 + (byte)(crc >> 16)] ^ BehindStripe[768 + (crc >> 24)];

    private static uint[] MakeBehindStripe()
    {
        byte[] zeros = new byte[StripeBytes];
        uint[] table = new uint[4 * 256];
        for (int bit = 0; bit < 32; bit++)
        {
            uint ofBit = ContinueOne(1u << bit, zeros);
            for (int value = 0; value < 256; value++)
                table[bit / 8 * 256 + value] ^= (value >> (bit % 8) & 1) != 0 ? ofBit : 0;
        }
        return table;
    }

    private static uint ContinueOne(uint crc, ReadOnlySpan<byte> bytes)
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
