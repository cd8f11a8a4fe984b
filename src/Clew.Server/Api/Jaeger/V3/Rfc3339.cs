using System.Globalization;

namespace Clew.Server.Api.Jaeger.V3;

/// <summary>
/// Times as RFC 3339 writes them, to the nanosecond: <c>2026-08-04T10:00:00.5Z</c>. A space stands for the plus of an offset, which
/// clients (Grafana) send unescaped in a query string, where it means a space.
/// </summary>
internal static class Rfc3339
{
    private const string SecondsFormat = "yyyy-MM-dd'T'HH:mm:ss";
    private const int SecondsChars = 19;
    private const int FractionDigits = 9;

    /// <returns>Unix nanoseconds.</returns>
    /// <exception cref="FormatException">Not such a time, or outside of what nanoseconds since 1970 in 64 bits can hold.</exception>
    public static long ParseNs(string text) => TryParse(text, out long ns)
        ? ns
        : throw new FormatException($"{GoText.Quote(text)} is not a time such as 2006-01-02T15:04:05.999999999Z");

    private static bool TryParse(ReadOnlySpan<char> text, out long ns)
    {
        ns = 0;
        if (text.Length <= SecondsChars
            || !DateTime.TryParseExact(text[..SecondsChars], SecondsFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return false;
        }
        ReadOnlySpan<char> rest = text[SecondsChars..];
        if (!TryTakeFraction(ref rest, out long fractionNs) || !TryParseOffset(rest, out int offsetMinutes))
            return false;
        Int128 value = (Int128)(local - DateTime.UnixEpoch).Ticks * UnixTime.NsPerTick - (Int128)offsetMinutes * 60_000 * UnixTime.NsPerMilli + fractionNs;
        ns = (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
        return ns == value;
    }

    // Digits beyond the nanosecond are dropped.
    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out long ns)
    {
        ns = 0;
        if (!rest.StartsWith('.'))
            return true;
        rest = rest[1..];
        int digits = 0;
        for (; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++)
        {
            if (digits < FractionDigits)
                ns = ns * 10 + (rest[digits] - '0');
        }
        for (int i = digits; i < FractionDigits; i++)
            ns *= 10;
        rest = rest[digits..];
        return digits > 0;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-' or ' ') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out int rest)
            || hours > 23 || rest > 59)
        {
            return false;
        }
        minutes = (hours * 60 + rest) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
