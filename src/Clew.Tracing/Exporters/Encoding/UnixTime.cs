namespace Clew.Tracing.Exporters.Encoding;

/// <summary>.NET's ticks (100 ns) as Unix time. Microseconds are cut down, not rounded, as Jaeger's exporters do.</summary>
internal static class UnixTime
{
    public const long NsPerTick = 100;

    public static long Us(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Nanoseconds; 0 for a time before 1970, which OTLP cannot carry. Past the year 2262 the largest one that fits.</summary>
    public static long Ns(DateTime utc)
    {
        long ticks = utc.Ticks - DateTime.UnixEpoch.Ticks;
        return ticks <= 0 ? 0 : ticks > long.MaxValue / NsPerTick ? long.MaxValue : ticks * NsPerTick;
    }
}
