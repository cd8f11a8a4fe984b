using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>Identifiers of activities as numbers. Activities keep theirs as digits, which the framework's CopyTo reads one by one.</summary>
internal static class ActivityIds
{
    private const int HalfDigits = 16;

    public static (ulong High, ulong Low) Number(ActivityTraceId id)
    {
        ReadOnlySpan<char> digits = id.ToHexString();
        return (Number(digits[..HalfDigits]), Number(digits[HalfDigits..]));
    }

    /// <summary>The half that 64-bit ids have too.</summary>
    public static ulong LowHalf(ActivityTraceId id) => Number(id.ToHexString().AsSpan(HalfDigits));

    /// <summary>0 for none.</summary>
    public static ulong Number(ActivitySpanId id) => Number(id.ToHexString());

    private static ulong Number(ReadOnlySpan<char> digits) => Hex.TryParseLower(digits, out ulong number) ? number : 0;
}
