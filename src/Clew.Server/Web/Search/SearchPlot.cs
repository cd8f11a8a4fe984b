using Clew.Model;

namespace Clew.Server.Web;

/// <summary>
/// The scatter of durations (logarithmic) over start times with the number of traces below it. Plain arithmetic: x in percent of the width, y in
/// px of a picture <see cref="Height"/> high.
/// </summary>
public sealed class SearchPlot
{
    public const int Height = 208;
    public const double Top = 14, Bottom = 158, VolumeTop = 164, VolumeBottom = 190;

    /// <summary>More points than this hide each other; the volume strip and all numbers still count everything.</summary>
    public const int MaxPoints = 250;

    private const int Buckets = 60;

    private readonly TimeRange range;
    private readonly double lowLog, highLog;

    /// <param name="traces">The matching traces, newest first.</param>
    /// <param name="range">What the x axis spans.</param>
    /// <param name="more">There are older ones, so buckets before the oldest given trace are not counted.</param>
    public SearchPlot(IReadOnlyList<TraceSummary> traces, TimeRange range, bool more)
    {
        // Traces can start before the range when only a later span of theirs lies in it.
        this.range = range.FromNs < range.ToNs ? range : new TimeRange(range.FromNs, range.FromNs + 1);
        (lowLog, highLog) = Scale(traces);
        Points = [.. Sample(traces).Select(Place)];
        GridLines = [.. GridDurations().Select(ns => new GridLine(Y(ns), Format.Tick(ns)))];
        TimeLabels = [.. TimeAxis.Labels(this.range.FromNs, this.range.ToNs).Select(label => new TimeLabel(100 * label.At, label.Label))];
        (Bars, BusiestCount) = Count(traces, more);
    }

    public IReadOnlyList<Point> Points { get; }

    public IReadOnlyList<GridLine> GridLines { get; }

    public IReadOnlyList<TimeLabel> TimeLabels { get; }

    public IReadOnlyList<Bar> Bars { get; }

    /// <summary>Traces in the busiest bucket.</summary>
    public int BusiestCount { get; }

    public long BucketNs => Math.Max(1, (range.ToNs - range.FromNs) / Buckets);

    public readonly record struct Point(TraceSummary Trace, double XPercent, double Y, double Radius);

    public readonly record struct GridLine(double Y, string Label);

    public readonly record struct TimeLabel(double XPercent, string Label);

    /// <summary>One bucket: all its traces, and the failed ones among them in front.</summary>
    public readonly record struct Bar(double XPercent, double WidthPercent, double Height, double FailedHeight);

    /// <summary>The failed traces first, then the others; evenly in time where there is no room for all (the list is in time order).</summary>
    internal static IReadOnlyList<TraceSummary> Sample(IReadOnlyList<TraceSummary> traces)
    {
        List<TraceSummary> failed = Evenly([.. traces.Where(trace => trace.ErrorCount > 0)], MaxPoints);
        // Drawn first, so that the failed ones lie on top.
        return [.. Evenly([.. traces.Where(trace => trace.ErrorCount == 0)], MaxPoints - failed.Count), .. failed];
    }

    private static List<TraceSummary> Evenly(List<TraceSummary> traces, int room) =>
        traces.Count <= room ? traces : [.. Enumerable.Range(0, room).Select(i => traces[(int)((long)i * traces.Count / room)])];

    private static (double Low, double High) Scale(IReadOnlyList<TraceSummary> traces)
    {
        double low = double.MaxValue, high = 1000;
        foreach (TraceSummary trace in traces)
        {
            low = Math.Min(low, Math.Max(1000, trace.DurationNs));
            high = Math.Max(high, trace.DurationNs);
        }
        low = Math.Min(low, high);
        // A little air, and never finer than a factor of four: equal durations should look equal.
        double middle = Math.Sqrt(low * high);
        return (Math.Log(Math.Min(low / 1.15, middle / 2)), Math.Log(Math.Max(high * 1.15, middle * 2)));
    }

    private double Y(double durationNs) => Bottom - (Math.Log(Math.Max(1000, durationNs)) - lowLog) / (highLog - lowLog) * (Bottom - Top);

    private double X(long startNs) => Math.Clamp(100.0 * ((double)startNs - range.FromNs) / ((double)range.ToNs - range.FromNs), 0, 100);

    // Area grows with the span count: 64 spans give 3.2 px, 208 give 4.1.
    private Point Place(TraceSummary trace) => new(trace, X(trace.StartNs), Y(trace.DurationNs), Math.Min(6, 2 + 0.146 * Math.Sqrt(trace.SpanCount)));

    /// <summary>Round durations within the scale: all of 1, 2 and 5 × 10ⁿ when they are few, else powers of ten, else every so many.</summary>
    private IEnumerable<long> GridDurations()
    {
        List<long> fine = [], coarse = [];
        for (double power = 1000; power < 1e19 && Math.Log(power) <= highLog; power *= 10)
        {
            foreach (int digit in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (Math.Log(power * digit) < lowLog || Math.Log(power * digit) > highLog || power * digit > long.MaxValue)
                    continue;
                fine.Add((long)(power * digit));
                if (digit == 1)
                    coarse.Add((long)power);
            }
        }
        List<long> chosen = fine.Count <= 4 ? fine : coarse.Count > 1 ? coarse : fine;
        int every = (chosen.Count + 3) / 4;
        return chosen.Where((_, index) => index % every == 0);
    }

    private (IReadOnlyList<Bar> Bars, int Busiest) Count(IReadOnlyList<TraceSummary> traces, bool more)
    {
        var all = new int[Buckets];
        var failed = new int[Buckets];
        foreach (TraceSummary trace in traces)
        {
            int bucket = Math.Min(Buckets - 1, (int)(X(trace.StartNs) / 100 * Buckets));
            all[bucket]++;
            failed[bucket] += trace.ErrorCount > 0 ? 1 : 0;
        }
        // The bucket of the oldest known trace is counted only in part.
        int first = more ? (int)(X(traces[^1].StartNs) / 100 * Buckets) + 1 : 0;
        int busiest = all.Skip(first).DefaultIfEmpty().Max();
        if (busiest == 0)
            return ([], 0);
        double scale = (VolumeBottom - VolumeTop) / busiest;
        const double step = 100.0 / Buckets;
        return ([.. Enumerable.Range(first, Buckets - first).Where(i => all[i] > 0).Select(i => new Bar(i * step + step * 0.08, step * 0.84, all[i] * scale, failed[i] * scale))], busiest);
    }
}
