using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clew.Tracing.Propagation;

/// <summary>Hexadecimal digits of identifiers.</summary>
internal static class Hex
{
    /// <summary>What a trace id of 64 bits begins with.</summary>
    public const string ZeroHigh = "0000000000000000";

    // Of a 64-bit number.
    private const int Digits = 16;

    // The bit that tells small letters from capitals.
    private const byte Small = 0x20;

    private static readonly SearchValues<char> Any = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The number of two digits, the letters small; -1 for anything else.</summary>
    public static int LowerByte(char high, char low)
    {
        int value = (LowerDigit(high) << 4) | LowerDigit(low);
        return value < 0 ? -1 : value;
    }

    /// <summary>16 digits, the letters small.</summary>
    public static bool TryParseLower(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        return text.Length == Digits && TryParseAll(text, ignoredBit: 0, out value);
    }

    /// <summary>1 to 16 digits of either case. The digits are checked first because number parsing would let trailing NUL characters pass.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        // Nearly all have their leading zeros.
        if (text.Length == Digits)
            return TryParseAll(text, Small, out value);
        value = 0;
        // Flags.
        if (text.Length == 1 && LowerDigit(char.ToLowerInvariant(text[0])) is >= 0 and int digit)
        {
            value = (ulong)digit;
            return true;
        }
        return text.Length is > 0 and < Digits && !text.ContainsAnyExcept(Any)
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A trace id of 1 to 32 digits, zeros understood on the left.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong high, out ulong low)
    {
        high = 0;
        return text.Length <= Digits ? TryParse(text, out low) : TryParse(text[^Digits..], out low) & TryParse(text[..^Digits], out high);
    }

    /// <summary>All 16 digits of a number.</summary>
    /// <returns>Where the next thing begins.</returns>
    public static int Write(Span<char> to, int at, ulong value)
    {
        ulong bigEndian = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        Vector128<byte> bytes = Vector128.CreateScalar(bigEndian).AsByte();
        Vector128<byte> twice = Vector128.Shuffle(bytes, Vector128.Create((byte)0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7));
        Vector128<byte> nibbles = Vector128.ConditionalSelect(FirstOfTwo, twice >>> 4, twice & Vector128.Create((byte)0x0f));
        Vector128<byte> letters = Vector128.GreaterThan(nibbles, Vector128.Create((byte)9)) & Vector128.Create((byte)('a' - '0' - 10));
        (Vector128<ushort> front, Vector128<ushort> back) = Vector128.Widen(nibbles + Vector128.Create((byte)'0') + letters);
        ref ushort first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(to.Slice(at, Digits)));
        front.StoreUnsafe(ref first);
        back.StoreUnsafe(ref first, Digits / 2);
        return at + Digits;
    }

    /// <summary>All 16 digits of each number.</summary>
    public static string Text(params ReadOnlySpan<ulong> numbers) => string.Create(Digits * numbers.Length, numbers, static (text, numbers) =>
    {
        int at = 0;
        foreach (ulong number in numbers)
            at = Write(text, at, number);
    });

    /// <summary>All 16 at once: 1 ns, where <see cref="Convert"/> takes 10; a traceparent is three of them.</summary>
    private static bool TryParseAll(ReadOnlySpan<char> text, byte ignoredBit, out ulong value)
    {
        ref ushort first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        // Characters beyond a byte become 255, which is no digit either.
        Vector128<byte> letters = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, Digits / 2));
        Vector128<byte> fromZero = letters - Vector128.Create((byte)'0');
        Vector128<byte> fromA = (letters | Vector128.Create(ignoredBit)) - Vector128.Create((byte)'a');
        Vector128<byte> isNumber = Vector128.LessThan(fromZero, Vector128.Create((byte)10));
        Vector128<byte> isLetter = Vector128.LessThan(fromA, Vector128.Create((byte)6));
        Vector128<byte> nibbles = Vector128.ConditionalSelect(isNumber, fromZero, fromA + Vector128.Create((byte)10));
        Vector128<byte> highs = Vector128.Shuffle(nibbles, Vector128.Create((byte)0, 2, 4, 6, 8, 10, 12, 14, 255, 255, 255, 255, 255, 255, 255, 255));
        Vector128<byte> lows = Vector128.Shuffle(nibbles, Vector128.Create((byte)1, 3, 5, 7, 9, 11, 13, 15, 255, 255, 255, 255, 255, 255, 255, 255));
        ulong number = ((highs << 4) | lows).AsUInt64().ToScalar();
        value = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number;
        return (isNumber | isLetter) == Vector128<byte>.AllBitsSet;
    }

    private static Vector128<byte> FirstOfTwo => Vector128.Create((byte)255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0);

    /// <summary>Negative for what is none.</summary>
    private static int LowerDigit(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : digit is >= 'a' and <= 'f' ? digit - 'a' + 10 : -1;
}
