namespace Clew.Server.Web;

/// <summary>Round moments on a time axis: at most <see cref="MaxLabels"/>, in UTC.</summary>
internal static class TimeAxis
{
    private const int MaxLabels = 6;
    private const long S = 1_000_000_000, Min = 60 * S, H = 60 * Min, D = 24 * H;

    private static readonly long[] StepsNs =
        [1_000_000, 10_000_000, 100_000_000, S, 2 * S, 5 * S, 10 * S, 30 * S, Min, 2 * Min, 5 * Min, 10 * Min, 30 * Min, H, 2 * H, 3 * H, 6 * H, 12 * H, D, 2 * D, 7 * D, 30 * D, 365 * D];

    /// <summary>Labels with their place from 0 to 1.</summary>
    public static IEnumerable<(double At, string Label)> Labels(long fromNs, long toNs)
    {
        double span = Math.Max(1, (double)toNs - fromNs);
        long step = StepsNs.FirstOrDefault(ns => span / ns <= MaxLabels, (long)span);
        long first = fromNs - fromNs % step + (fromNs % step == 0 ? 0 : step);
        for (int i = 0; i <= MaxLabels && first + i * step <= toNs; i++)
        {
            long at = first + i * step;
            yield return ((at - fromNs) / span, Label(at, step));
        }
    }

    private static string Label(long unixNs, long stepNs)
    {
        string format = stepNs switch
        {
            < S => "HH:mm:ss.fff",
            < Min => "HH:mm:ss",
            < D => "HH:mm",
            _ => "yyyy-MM-dd",
        };
        return Format.At(unixNs).ToString(format, System.Globalization.CultureInfo.InvariantCulture);
    }
}
