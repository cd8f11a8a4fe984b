namespace Clew.Server.Web;

/// <summary>Where moments of a trace lie on the lanes: percent of the trace's whole time.</summary>
/// <param name="StartNs">Start of the trace.</param>
/// <param name="DurationNs">Its length.</param>
public readonly record struct TimelineScale(long StartNs, long DurationNs)
{
    /// <summary>A span narrower than this would not be seen at all.</summary>
    public const double MinWidth = 0.08;

    private const int MaxTicks = 6;

    /// <summary>Clamped to the trace: events may lie outside their span.</summary>
    public double X(long unixNs) => Math.Clamp(100 * (double)((Int128)unixNs - StartNs) / Math.Max(1, DurationNs), 0, 100);

    public double Width(long durationNs) => Math.Clamp(100 * (double)durationNs / Math.Max(1, DurationNs), MinWidth, 100);

    /// <summary>Offset of a moment from the start of the trace; negative before it.</summary>
    public long Offset(long unixNs) => (long)Int128.Clamp((Int128)unixNs - StartNs, long.MinValue, long.MaxValue);

    /// <summary>Round times (1, 2 or 5 × 10ⁿ), at most <see cref="MaxTicks"/>, the zero among them.</summary>
    public IEnumerable<(double X, long OffsetNs)> Ticks()
    {
        long step = Step(DurationNs);
        for (int i = 0; i < MaxTicks && i * step <= DurationNs; i++)
            yield return (100.0 * i * step / Math.Max(1, DurationNs), i * step);
    }

    private static long Step(long durationNs)
    {
        double rough = Math.Max(1, durationNs / (double)(MaxTicks - 1));
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double digit = rough / power;
        return (long)Math.Max(1, Math.Round(power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10)));
    }
}
