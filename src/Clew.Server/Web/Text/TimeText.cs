using System.Globalization;

namespace Clew.Server.Web;

/// <summary>Moments as people type them, UTC unless they say otherwise, and as addresses carry them.</summary>
internal static class TimeText
{
    /// <summary>
    /// Reads <c>2026-11-20 13:05</c>, <c>2026-11-20T13:05:31.482Z</c>, a date alone, or Unix time as a whole number of seconds, milliseconds, microseconds or
    /// nanoseconds, told apart by the size.
    /// </summary>
    public static bool TryParse(string text, out long unixNs)
    {
        unixNs = 0;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            // 1e11 seconds is the year 5138, 1e11 milliseconds is 1973: the four units do not overlap for any time a span could have.
            unixNs = number switch
            {
                < 100_000_000_000 => number > long.MaxValue / 1_000_000_000 ? long.MaxValue : number * 1_000_000_000,
                < 100_000_000_000_000 => number * 1_000_000,
                < 100_000_000_000_000_000 => number * 1_000,
                _ => number,
            };
            return true;
        }
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time))
            return false;
        long ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        if (Math.Abs(ticks) > long.MaxValue / 100)
            return false;
        unixNs = ticks * 100;
        return true;
    }

    /// <summary>The shortest form that reads back as the same moment, to the microsecond.</summary>
    public static string Write(long unixNs)
    {
        DateTime time = Format.At(unixNs);
        string format = time.Ticks % TimeSpan.TicksPerSecond != 0 ? "yyyy-MM-dd HH:mm:ss.FFFFFF"
            : time.Second != 0 ? "yyyy-MM-dd HH:mm:ss"
            : "yyyy-MM-dd HH:mm";
        return time.ToString(format, CultureInfo.InvariantCulture);
    }
}
