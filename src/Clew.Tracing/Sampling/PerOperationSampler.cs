using System.Collections.Concurrent;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>The operation a trace begins with, by what is known when its first span starts.</summary>
public delegate string OperationSelector(in SamplingParameters parameters);

/// <summary>
/// A <see cref="GuaranteedThroughputSampler"/> for each operation. Operations beyond the bound share the default ratio, without a lower bound, so that names
/// with identifiers in them cannot fill the memory or multiply the guaranteed rate.
/// </summary>
public sealed class PerOperationSampler : Sampler
{
    /// <summary>Operations of one service that Jaeger's clients tell apart.</summary>
    public const int DefaultMaxOperations = 2000;

    private readonly ConcurrentDictionary<string, GuaranteedThroughputSampler> samplers = new(StringComparer.Ordinal);
    private readonly OperationSampling strategy;
    private readonly OperationSelector selector;
    private readonly RatioSampler beyond;
    private readonly TimeProvider time;
    private readonly int maxOperations;
    private int count;

    /// <param name="strategy">Ratios and the lower bound.</param>
    /// <param name="maxOperations">How many operations are told apart.</param>
    /// <param name="selector">Names the operation; the span's name where null. ASP.NET Core's spans get their name after sampling: select by their tags.</param>
    /// <param name="time">The clock; the system's where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A ratio is not from 0 to 1, or the rate is negative or not finite.</exception>
    public PerOperationSampler(OperationSampling strategy, int maxOperations = DefaultMaxOperations, OperationSelector? selector = null, TimeProvider? time = null)
        : this(strategy, maxOperations, selector, time, previous: null)
    {
    }

    /// <summary>Operations of the previous sampler go on with the tokens they have, if the lower bound is the same.</summary>
    internal PerOperationSampler(OperationSampling strategy, int maxOperations, OperationSelector? selector, TimeProvider? time, PerOperationSampler? previous)
    {
        RateLimitingSampler.ThrowIfNoRate(strategy.LowerBoundTracesPerSecond, nameof(strategy));
        this.strategy = strategy;
        this.maxOperations = maxOperations;
        this.selector = selector ?? (static (in SamplingParameters parameters) => parameters.Name);
        this.time = time ?? TimeProvider.System;
        beyond = new RatioSampler(strategy.DefaultRatio);
        Description = $"PerOperationSampler{{{strategy.DefaultRatio},{strategy.LowerBoundTracesPerSecond},{strategy.Ratios.Count}}}";
        ConcurrentDictionary<string, GuaranteedThroughputSampler>? known =
            previous?.strategy.LowerBoundTracesPerSecond.Equals(strategy.LowerBoundTracesPerSecond) == true ? previous.samplers : null;
        foreach (string operation in strategy.Ratios.Keys.Concat(known?.Keys ?? []).Distinct().Take(maxOperations))
        {
            samplers[operation] = known is not null && known.TryGetValue(operation, out GuaranteedThroughputSampler? same)
                ? new GuaranteedThroughputSampler(RatioOf(operation), same.Tokens)
                : Create(operation);
        }
        count = samplers.Count;
    }

    internal int Operations => samplers.Count;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        string operation = selector(samplingParameters) ?? "";
        return (samplers.TryGetValue(operation, out GuaranteedThroughputSampler? sampler) ? sampler : Add(operation)).ShouldSample(samplingParameters);
    }

    /// <summary>Reserves a place first, so that racing threads cannot add more than the bound.</summary>
    private Sampler Add(string operation)
    {
        if (Volatile.Read(ref count) >= maxOperations || Interlocked.Increment(ref count) > maxOperations)
            return beyond;
        GuaranteedThroughputSampler created = Create(operation);
        GuaranteedThroughputSampler kept = samplers.GetOrAdd(operation, created);
        if (kept != created)
            Interlocked.Decrement(ref count);
        return kept;
    }

    private GuaranteedThroughputSampler Create(string operation) => new(RatioOf(operation), strategy.LowerBoundTracesPerSecond, time);

    private double RatioOf(string operation) => strategy.Ratios.TryGetValue(operation, out double ratio) ? ratio : strategy.DefaultRatio;
}
