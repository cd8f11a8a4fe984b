using Clew.Model;

namespace Clew.Server.Api;

/// <summary>Times and spans of time in the APIs' coarser units, in the model's nanoseconds. What does not fit becomes the nearest that does.</summary>
internal static class UnixTime
{
    public const long NsPerMicro = 1_000;
    public const long NsPerMilli = 1_000_000;
    public const long NsPerTick = 100;

    public static long ToNs(long units, long nsPerUnit) => Clamp((Int128)units * nsPerUnit);

    /// <summary>The last nanosecond that is still shown as this microsecond: clients see times cut to microseconds and ask with them.</summary>
    public static long EndOfMicro(long ns) => Clamp((Int128)ns + NsPerMicro - 1);

    public static long Now(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NsPerTick;

    /// <summary>From <paramref name="lookbackNs"/> before the end to the end, both included.</summary>
    public static TimeRange Before(long endNs, long lookbackNs) => new(Clamp((Int128)endNs - lookbackNs), EndOfMicro(endNs));

    private static long Clamp(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
}
