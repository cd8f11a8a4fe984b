using System.Globalization;

namespace Clew.Query;

/// <summary>Durations as Go's <c>time.Duration</c> prints them, which is how they stand in Jaeger's warnings: <c>-1.5ms</c>, <c>1m30s</c>.</summary>
internal static class GoDurationText
{
    private const long NsPerSecond = 1_000_000_000;

    public static string Format(long ns)
    {
        // The magnitude of the least number does not fit into 64 signed bits.
        Int128 magnitude = Int128.Abs(ns);
        string sign = ns < 0 ? "-" : "";
        if (magnitude == 0)
            return "0s";
        if (magnitude < 1000)
            return $"{sign}{magnitude}ns";
        if (magnitude < 1_000_000)
            return $"{sign}{Decimal((decimal)magnitude / 1000)}µs";
        if (magnitude < NsPerSecond)
            return $"{sign}{Decimal((decimal)magnitude / 1_000_000)}ms";
        long minutes = (long)(magnitude / (60 * NsPerSecond));
        string seconds = Decimal((decimal)(magnitude % (60 * NsPerSecond)) / NsPerSecond) + "s";
        if (minutes == 0)
            return sign + seconds;
        return minutes < 60 ? $"{sign}{minutes}m{seconds}" : $"{sign}{minutes / 60}h{minutes % 60}m{seconds}";
    }

    private static string Decimal(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
