using System.Buffers;

namespace Clew.Server.Api.Jaeger;

/// <summary>
/// Durations as Go's <c>time.ParseDuration</c> reads them: an optional sign, then one or more decimal numbers each with a unit of
/// <c>ns us µs ms s m h</c>, such as <c>1.5ms</c> or <c>1m30s</c>; <c>0</c> alone needs no unit.
/// </summary>
internal static class GoDuration
{
    private const ulong MagnitudeMax = 1UL << 63;

    private static readonly SearchValues<char> NumberStarts = SearchValues.Create(".0123456789");

    /// <returns>Nanoseconds; fractions of a nanosecond are cut off.</returns>
    /// <exception cref="FormatException">Not a duration, or outside 64 bits; the message is what Go says.</exception>
    public static long ParseNs(string text)
    {
        ReadOnlySpan<char> rest = text;
        bool negative = rest.StartsWith('-');
        if (negative || rest.StartsWith('+'))
            rest = rest[1..];
        if (rest is "0")
            return 0;
        if (rest.IsEmpty)
            throw Invalid(text);
        ulong sum = 0;
        while (!rest.IsEmpty)
        {
            sum += ParseTerm(ref rest, text);
            if (sum > MagnitudeMax)
                throw Invalid(text);
        }
        if (negative)
            return unchecked(-(long)sum);
        return sum <= long.MaxValue ? (long)sum : throw Invalid(text);
    }

    // One number with its unit, at most 2^63 so that the caller's sum of two such cannot wrap.
    private static ulong ParseTerm(ref ReadOnlySpan<char> rest, string text)
    {
        ulong whole = ParseWhole(ref rest, text, out int wholeDigits);
        double fraction = 0;
        int fractionDigits = 0;
        if (rest.StartsWith('.'))
        {
            rest = rest[1..];
            fraction = ParseFraction(ref rest, out fractionDigits);
        }
        if (wholeDigits + fractionDigits == 0)
            throw Invalid(text);
        ulong unitNs = ParseUnit(ref rest, text);
        if (whole > MagnitudeMax / unitNs)
            throw Invalid(text);
        ulong term = whole * unitNs + (ulong)(fraction * unitNs);
        return term <= MagnitudeMax ? term : throw Invalid(text);
    }

    private static ulong ParseWhole(ref ReadOnlySpan<char> rest, string text, out int digits)
    {
        ulong value = 0;
        for (digits = 0; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++)
        {
            if (value > MagnitudeMax / 10)
                throw Invalid(text);
            value = value * 10 + (uint)(rest[digits] - '0');
        }
        rest = rest[digits..];
        return value;
    }

    // Digits beyond the 18th cannot change a nanosecond of an hour. The division happens in floating point, as in Go, so
    // that 0.333333333333333333h is 20 minutes and not a nanosecond less.
    private static double ParseFraction(ref ReadOnlySpan<char> rest, out int digits)
    {
        ulong value = 0;
        double scale = 1;
        for (digits = 0; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++)
        {
            if (digits >= 18)
                continue;
            value = value * 10 + (uint)(rest[digits] - '0');
            scale *= 10;
        }
        rest = rest[digits..];
        return value / scale;
    }

    private static ulong ParseUnit(ref ReadOnlySpan<char> rest, string text)
    {
        int length = rest.IndexOfAny(NumberStarts);
        ReadOnlySpan<char> unit = length < 0 ? rest : rest[..length];
        rest = rest[unit.Length..];
        return unit switch
        {
            "ns" => 1,
            // The micro sign, and the Greek letter people type for it.
            "us" or "\u00b5s" or "\u03bcs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            "" => throw new FormatException($"time: missing unit in duration {GoText.Quote(text)}"),
            _ => throw new FormatException($"time: unknown unit {GoText.Quote(unit)} in duration {GoText.Quote(text)}"),
        };
    }

    private static FormatException Invalid(string text) => new($"time: invalid duration {GoText.Quote(text)}");
}
