using System.Runtime.CompilerServices;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<byte> value, ulong seed)
    {
        // Both sides of every product are secret: a sender that knew one could make it zero, and whatever it multiplies would no longer matter.
        ulong first = First ^ seed, second = Second ^ seed;
        int length = value.Length;
        ulong hash = seed ^ (ulong)length * First;
        ref byte bytes = ref MemoryMarshal.GetReference(value);
        ulong low, high;
        if (length >= sizeof(ulong))
        {
            // The last 16 bytes, which may overlap what was taken: cheaper than telling their number apart.
            low = Word(ref bytes, Math.Max(length - 2 * sizeof(ulong), 0));
            high = Word(ref bytes, length - sizeof(ulong));
            if (length > 2 * sizeof(ulong))
                hash = FoldBefore(value, first, hash);
        }
        else if (length >= sizeof(uint))
        {
            low = Unsafe.ReadUnaligned<uint>(ref bytes);
            high = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, length - sizeof(uint)));
        }
        else
        {
            low = length == 0 ? 0 : bytes | (ulong)Unsafe.Add(ref bytes, length >> 1) << 8 | (ulong)Unsafe.Add(ref bytes, length - 1) << 16;
            high = 0;
        }
        return (uint)Fold(Fold(low ^ second, high ^ hash), first);
    }

    /// <summary>The hash of two numbers.</summary>
    public static uint Of(ulong first, ulong second) => (uint)Fold(Fold(first ^ Second ^ Seed, second ^ Seed), First ^ Seed);

    // All but the last 16 bytes or fewer.
    private static ulong FoldBefore(ReadOnlySpan<byte> value, ulong first, ulong hash)
    {
        ref byte bytes = ref MemoryMarshal.GetReference(value);
        for (int at = 0; value.Length - at > 2 * sizeof(ulong); at += 2 * sizeof(ulong))
            hash = Fold(Word(ref bytes, at) ^ first, Word(ref bytes, at + sizeof(ulong)) ^ hash);
        return hash;
    }

    private static ulong Word(ref byte bytes, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
