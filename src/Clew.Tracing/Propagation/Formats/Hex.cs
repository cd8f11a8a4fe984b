using System.Buffers;
using System.Globalization;

namespace Clew.Tracing.Propagation;

/// <summary>Hexadecimal digits of identifiers.</summary>
internal static class Hex
{
    private static readonly SearchValues<char> Lower = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Any = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsLower(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Lower);

    /// <summary>1 to 16 digits of either case. The digits are checked first because number parsing would let trailing NUL characters pass.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        return text.Length is > 0 and <= 16 && !text.ContainsAnyExcept(Any)
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A trace id of 1 to 32 digits, zeros understood on the left.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong high, out ulong low)
    {
        high = 0;
        return text.Length <= 16 ? TryParse(text, out low) : TryParse(text[^16..], out low) & TryParse(text[..^16], out high);
    }

    /// <summary>16 digits for a 64-bit trace id, otherwise 32: what B3 and Jaeger clients of either width expect to get back.</summary>
    public static string TraceId(in PropagatedSpan span) =>
        span.TraceIdHigh == 0 ? $"{span.TraceIdLow:x16}" : $"{span.TraceIdHigh:x16}{span.TraceIdLow:x16}";
}
