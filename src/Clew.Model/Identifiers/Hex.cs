using System.Buffers.Binary;

namespace Clew.Model;

/// <summary>Hex digits to 64-bit halves and back, without allocating; shared by the two identifier types.</summary>
internal static class Hex
{
    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Reads 1 to 16 hex digits of either case; anything else is refused.</summary>
    public static bool TryParse<TChar>(ReadOnlySpan<TChar> digits, out ulong value) where TChar : unmanaged, IConvertible
    {
        value = 0;
        if (digits.IsEmpty || digits.Length > 16)
            return false;
        foreach (TChar digit in digits)
        {
            int nibble = Nibble(ToInt(digit));
            if (nibble < 0)
                return false;
            value = (value << 4) | (uint)nibble;
        }
        return true;
    }

    public static void Write(ulong value, Span<char> destination)
    {
        for (int i = 15; i >= 0; i--, value >>= 4)
            destination[i] = (char)Digits[(int)(value & 15)];
    }

    public static void Write(ulong value, Span<byte> destination)
    {
        for (int i = 15; i >= 0; i--, value >>= 4)
            destination[i] = Digits[(int)(value & 15)];
    }

    public static ulong ReadBigEndian(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64BigEndian(bytes);

    // The JIT resolves the type test at compile time: both instantiations are a plain widening.
    private static int ToInt<TChar>(TChar digit) where TChar : unmanaged, IConvertible =>
        typeof(TChar) == typeof(byte) ? (byte)(object)digit : (char)(object)digit;

    private static int Nibble(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
