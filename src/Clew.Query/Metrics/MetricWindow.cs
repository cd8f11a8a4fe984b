using Clew.Model;

namespace Clew.Query.Metrics;

/// <summary>What the minutes a point looks at come to. It slides: minutes enter at one end and leave at the other.</summary>
public sealed class MetricWindow
{
    private readonly LatencyHistogram latencies = new();
    private readonly double seconds;
    private long calls;
    private long errors;

    internal MetricWindow(long windowNs) => seconds = windowNs / 1e9;

    /// <summary>Calls a second.</summary>
    public static double? CallRate(MetricWindow window) => window.calls / window.seconds;

    /// <summary>The share of the calls that failed; null without calls.</summary>
    public static double? ErrorShare(MetricWindow window) => window.calls == 0 ? null : (double)window.errors / window.calls;

    /// <summary>The duration in milliseconds that this share of the calls did not exceed, within 1 %; null without calls.</summary>
    public static Func<MetricWindow, double?> LatencyMs(double quantile) => window => window.calls == 0 ? null : window.latencies.QuantileNs(quantile) / 1e6;

    internal void Enter(MinuteAggregate minute) => Change(minute, 1);

    internal void Leave(MinuteAggregate minute) => Change(minute, -1);

    // Buckets that come to nothing stay behind with a count of 0, which no quantile falls on.
    private void Change(MinuteAggregate minute, long sign)
    {
        calls += sign * minute.Calls;
        errors += minute.Status == StatusCode.Error ? sign * minute.Calls : 0;
        ReadOnlySpan<ushort> buckets = minute.Latencies.Buckets;
        for (int i = 0; i < buckets.Length; i++)
            latencies.AddBucket(buckets[i], sign * minute.Latencies.Counts[i]);
    }
}
