using System.Diagnostics.Metrics;

namespace Clew.Tracing.Sampling;

internal enum PollResult
{
    Changed,
    Unchanged,
    Failed,
    Invalid,
}

/// <summary>What remote samplers report about themselves, in the meter <c>Clew.Tracing</c>.</summary>
internal static class SamplerMetrics
{
    private static readonly Meter Meter = new("Clew.Tracing");

    private static readonly Counter<long> Polls =
        Meter.CreateCounter<long>("clew.tracing.sampler.polls", "{poll}", "Questions for a sampling strategy, by result: changed, unchanged, failed (no answer), invalid (nonsense).");

    public static void Count(PollResult result) => Polls.Add(1, new KeyValuePair<string, object?>("result", result switch
    {
        PollResult.Changed => "changed",
        PollResult.Unchanged => "unchanged",
        PollResult.Failed => "failed",
        _ => "invalid",
    }));
}
