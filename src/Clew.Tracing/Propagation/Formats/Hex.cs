using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Clew.Tracing.Propagation;

/// <summary>Hexadecimal digits of identifiers.</summary>
internal static class Hex
{
    /// <summary>What a trace id of 64 bits begins with.</summary>
    public const string ZeroHigh = "0000000000000000";

    // Of a 64-bit number.
    private const int Digits = 16;

    private static readonly SearchValues<char> LowerOrDash = SearchValues.Create("0123456789abcdef-");
    private static readonly SearchValues<char> Any = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsLowerOrDash(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerOrDash);

    /// <summary>1 to 16 digits of either case. The digits are checked first because number parsing would let trailing NUL characters pass.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        // Nearly all have their leading zeros, and bytes are read with vectors.
        if (text.Length == Digits)
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            if (Convert.FromHexString(text, bytes, out _, out _) != OperationStatus.Done)
                return false;
            value = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            return true;
        }
        return text.Length is > 0 and <= 16 && !text.ContainsAnyExcept(Any)
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A trace id of 1 to 32 digits, zeros understood on the left.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong high, out ulong low)
    {
        high = 0;
        return text.Length <= 16 ? TryParse(text, out low) : TryParse(text[^16..], out low) & TryParse(text[..^16], out high);
    }

    /// <summary>All 16 digits of a number.</summary>
    /// <returns>Where the next thing begins.</returns>
    public static int Write(Span<char> to, int at, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Convert.TryToHexStringLower(bytes, to.Slice(at, Digits), out _);
        return at + Digits;
    }
}
