using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Hashes bytes by folding 64 × 64-bit products, 16 bytes a step. Not cryptographic, but seeded anew in each process, so a sender cannot prepare values
/// that collide. Never stored.
/// </summary>
internal static class ValueHash
{
    // Odd, with about half their bits set: the fractional parts of the square roots of 2 and 3.
    private const ulong First = 0x6A09E667F3BCC909, Second = 0xBB67AE8584CAA73B;

    private static readonly ulong Seed = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    public static uint Of(ReadOnlySpan<byte> value) => Of(value, Seed);

    public static uint Of(ReadOnlySpan<byte> value, ulong seed)
    {
        // Both sides of every product are secret: a sender that knew one could make it zero, and whatever it multiplies would no longer matter.
        ulong first = First ^ seed, second = Second ^ seed;
        ulong hash = seed ^ (ulong)value.Length * First;
        ulong low, high;
        if (value.Length >= 16)
        {
            ReadOnlySpan<byte> rest = value;
            for (; rest.Length > 16; rest = rest[16..])
                hash = Fold(Word(rest) ^ first, Word(rest[8..]) ^ hash);
            // The last 16 bytes, which may overlap what was taken: cheaper than telling their number apart.
            low = Word(value[^16..]);
            high = Word(value[^8..]);
        }
        else if (value.Length >= 8)
        {
            low = Word(value);
            high = Word(value[^8..]);
        }
        else if (value.Length >= 4)
        {
            low = BinaryPrimitives.ReadUInt32LittleEndian(value);
            high = BinaryPrimitives.ReadUInt32LittleEndian(value[^4..]);
        }
        else
        {
            low = value.IsEmpty ? 0 : value[0] | (ulong)value[value.Length >> 1] << 8 | (ulong)value[^1] << 16;
            high = 0;
        }
        return (uint)Fold(Fold(low ^ second, high ^ hash), first);
    }

    /// <summary>The hash of two numbers.</summary>
    public static uint Of(ulong first, ulong second) => (uint)Fold(Fold(first ^ Second ^ Seed, second ^ Seed), First ^ Seed);

    private static ulong Word(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ulong>(bytes);

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
