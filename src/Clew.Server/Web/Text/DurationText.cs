using System.Buffers;
using System.Globalization;

namespace Clew.Server.Web;

/// <summary>Durations as people type them: Go's form (<c>1m30s</c>, <c>1.5ms</c>), what <see cref="Format.Duration"/> prints, and days and weeks.</summary>
internal static class DurationText
{
    private static readonly (string Unit, double Ns)[] Units =
    [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("min", 60e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9), ("w", 7 * 86400e9),
    ];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> EndOfUnit = SearchValues.Create("0123456789. \u00A0\t");

    /// <summary>Reads a duration above or equal to zero; false for anything else, also for a number without a unit.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ns)
    {
        double sum = 0;
        ns = 0;
        text = text.Trim();
        if (text.IsEmpty)
            return false;
        if (text is "0")
            return true;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                return false;
            text = text[digits..].TrimStart();
            int letters = text.IndexOfAny(EndOfUnit);
            ReadOnlySpan<char> unit = letters < 0 ? text : text[..letters];
            if (!TryUnit(unit, out double unitNs))
                return false;
            sum += number * unitNs;
            text = text[unit.Length..].TrimStart();
        }
        if (sum >= long.MaxValue)
            return false;
        ns = (long)Math.Round(sum);
        return true;
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out double unitNs)
    {
        foreach ((string unit, double ns) in Units)
        {
            if (text.SequenceEqual(unit))
            {
                unitNs = ns;
                return true;
            }
        }
        unitNs = 0;
        return false;
    }
}
