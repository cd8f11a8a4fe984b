using System.Numerics;
using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments;

/// <summary>Unsigned integers of seven bits a byte, lowest first; signed ones zigzag, so that small negative numbers stay short.</summary>
internal static class Varint
{
    public const int BytesMax = 10;

    public static int ByteCount(ulong value) => (70 - BitOperations.LeadingZeroCount(value | 1)) / 7;

    public static ulong ZigZag(long value) => (ulong)(value << 1 ^ value >> 63);

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    public static int Write(Span<byte> destination, ulong value)
    {
        int at = 0;
        while (value >= 0x80)
        {
            destination[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        destination[at++] = (byte)value;
        return at;
    }

    /// <summary>False when the bytes end within the number or it does not fit 64 bits; then <paramref name="at"/> is anywhere in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> source, ref int at, out ulong value)
    {
        if ((uint)at < (uint)source.Length && source[at] < 0x80)
        {
            value = source[at++];
            return true;
        }
        return TryReadLong(source, ref at, out value);
    }

    private static bool TryReadLong(ReadOnlySpan<byte> source, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if ((uint)at >= (uint)source.Length)
                return false;
            ulong next = source[at++];
            if (shift == 63 && next > 1)
                return false;
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }
        return false;
    }
}
