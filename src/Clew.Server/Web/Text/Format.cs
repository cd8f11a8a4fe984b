using System.Globalization;

namespace Clew.Server.Web;

/// <summary>
/// Numbers, durations and times as every page writes them: three significant digits and a unit, narrow no-break spaces in
/// thousands, UTC. The same in all languages; what differs by language is in <see cref="Texts"/>.
/// </summary>
public static class Format
{
    /// <summary>Between digits of a thousand: NARROW NO-BREAK SPACE.</summary>
    public const char ThousandsSpace = '\u202F';

    /// <summary>Between a number and its unit: NO-BREAK SPACE.</summary>
    public const char UnitSpace = '\u00A0';

    private const long NsPerUs = 1_000, NsPerMs = 1_000_000, NsPerS = 1_000_000_000;

    private static readonly NumberFormatInfo Thousands = new() { NumberGroupSeparator = ThousandsSpace.ToString() };

    /// <summary><c>41 208</c></summary>
    public static string Count(long value) => value.ToString("#,0", Thousands);

    /// <summary><c>912 B</c>, <c>7.04 KiB</c>, <c>1.84 GiB</c>.</summary>
    public static string Size(long bytes)
    {
        ReadOnlySpan<string> units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        double value = bytes;
        int unit = 0;
        // What would print as 1000 needs the next unit.
        for (; value >= 999.5 && unit < units.Length - 1; unit++)
            value /= 1024;
        string number = unit == 0 ? bytes.ToString(CultureInfo.InvariantCulture)
            : value.ToString(value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture);
        return Join(number, units[unit]);
    }

    /// <summary><c>912 µs</c>, <c>7.04 ms</c>, <c>1.84 s</c>, <c>2 min 14 s</c>; negative times (a clock that ran ahead) keep their sign.</summary>
    public static string Duration(long ns)
    {
        if (ns < 0)
            return "−" + Duration(ns == long.MinValue ? long.MaxValue : -ns);
        if (ns == 0)
            return Join("0", "ms");
        if (ns < NsPerUs)
            return Join(ns.ToString(), "ns");
        return ThreeDigits(ns, NsPerUs, "µs") ?? ThreeDigits(ns, NsPerMs, "ms")
            ?? (ns < 60 * NsPerS - NsPerS / 20 ? ThreeDigits(ns, NsPerS, "s")! : Long(ns / NsPerS + (ns % NsPerS >= NsPerS / 2 ? 1 : 0)));
    }

    /// <summary>A round value on an axis, without trailing zeros: <c>500 ms</c>, <c>1.5 s</c>, <c>0</c>.</summary>
    public static string Tick(long ns) => ns switch
    {
        0 => "0",
        < NsPerUs => Join(ns.ToString(), "ns"),
        < NsPerMs => Trimmed(ns, NsPerUs, "µs"),
        < NsPerS => Trimmed(ns, NsPerMs, "ms"),
        < 60 * NsPerS => Trimmed(ns, NsPerS, "s"),
        _ when ns % (3600 * NsPerS) == 0 => Join(Count(ns / (3600 * NsPerS)), "h"),
        _ when ns % (60 * NsPerS) == 0 => Join(Count(ns / (60 * NsPerS)), "min"),
        _ => Long(ns / NsPerS),
    };

    /// <summary><c>14:02:31.482</c>, UTC.</summary>
    public static string Time(long unixNs) => At(unixNs).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-20 14:02:31.482</c>, UTC.</summary>
    public static string DateAndTime(long unixNs) => At(unixNs).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>The date alone, UTC.</summary>
    public static string Date(long unixNs) => At(unixNs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>For <c>datetime</c> attributes.</summary>
    public static string Iso(long unixNs) => At(unixNs).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>Any 64-bit nanoseconds lie within the years 1677 to 2262, which <see cref="DateTime"/> holds.</summary>
    public static DateTime At(long unixNs) => DateTime.UnixEpoch.AddTicks(unixNs / 100);

    /// <summary>A coordinate in an SVG: at most three decimals, never an exponent.</summary>
    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A coordinate in percent of the width.</summary>
    public static string Percent(double value) => Number(value) + "%";

    /// <summary>Null when the rounded number needs the next unit.</summary>
    private static string? ThreeDigits(long ns, long unitNs, string unit)
    {
        double value = (double)ns / unitNs;
        // 9.995 would print as 10.00 and 99.95 as 100.0: the digit count follows the rounded value.
        return value switch
        {
            < 9.995 => Join(value.ToString("0.00", CultureInfo.InvariantCulture), unit),
            < 99.95 => Join(value.ToString("0.0", CultureInfo.InvariantCulture), unit),
            < 999.5 => Join(value.ToString("0", CultureInfo.InvariantCulture), unit),
            _ => null,
        };
    }

    private static string Trimmed(long ns, long unitNs, string unit) =>
        Join(((double)ns / unitNs).ToString("0.###", CultureInfo.InvariantCulture), unit);

    private static string Long(long seconds) => seconds switch
    {
        < 3600 => $"{Join((seconds / 60).ToString(), "min")} {Join((seconds % 60).ToString(), "s")}",
        < 48 * 3600 => $"{Join((seconds / 3600).ToString(), "h")} {Join((seconds / 60 % 60).ToString(), "min")}",
        _ => $"{Join(Count(seconds / 86400), "d")} {Join((seconds / 3600 % 24).ToString(), "h")}",
    };

    private static string Join(string number, string unit) => number + UnitSpace + unit;
}
