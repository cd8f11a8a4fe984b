using System.Diagnostics.Metrics;

namespace Clew.Server.Sampling;

/// <summary>The instruments of meter <c>Clew.Sampling</c>.</summary>
internal sealed class SamplingMetrics
{
    public const string MeterName = "Clew.Sampling";

    private readonly Counter<long> reloadFailed;

    public SamplingMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        reloadFailed = meter.CreateCounter<long>(
            "clew.sampling.strategies.reload.failed", "{reading}", "Changes of the strategies file that could not be used.");
        // Present from the start, so that an alert on its increase sees the first one.
        reloadFailed.Add(0);
    }

    public void ReloadFailed() => reloadFailed.Add(1);
}
