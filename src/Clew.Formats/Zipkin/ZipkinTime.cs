namespace Clew.Formats.Zipkin;

/// <summary>Zipkin counts microseconds, the model nanoseconds.</summary>
internal static class ZipkinTime
{
    public const long NsPerMicro = 1000;

    /// <summary>The largest number of microseconds that fits the model: a moment in the year 2262.</summary>
    public const long MicrosMax = long.MaxValue / NsPerMicro;

    /// <summary>Cuts the part below a microsecond off, as OpenTelemetry's exporters do.</summary>
    public static long ToMicros(long ns) => ns / NsPerMicro;
}
