using Clew.Tracing.Sampling;

namespace Clew.Tracing;

/// <summary>Which traces are recorded.</summary>
public sealed class SamplerOptions
{
    /// <summary>The kind of sampler. <see cref="SamplerType.Default"/> leaves a sampler that the application has set in code, and records everything where there is none.</summary>
    public SamplerType Type { get; set; }

    /// <summary>Follows the decision of whoever called, and asks the sampler only where a trace begins. On unless an OTEL_TRACES_SAMPLER without <c>parentbased_</c> says otherwise.</summary>
    public bool ParentBased { get; set; } = true;

    /// <summary>The share of traces, 0 to 1, of <see cref="SamplerType.Ratio"/>, of operations without their own, and of a remote sampler before its first answer.</summary>
    public double? Ratio { get; set; }

    /// <summary>Traces a second of <see cref="SamplerType.RateLimiting"/>; at least so many of every operation of <see cref="SamplerType.PerOperation"/>.</summary>
    public double? TracesPerSecond { get; set; }

    /// <summary>
    /// Shares by operation, for <see cref="SamplerType.PerOperation"/>: a span's name, or <c>METHOD /path</c> of a request that begins a trace, because its route is not known yet.
    /// </summary>
    public IDictionary<string, double> Operations { get; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>How many operations are told apart.</summary>
    public int MaxOperations { get; set; } = PerOperationSampler.DefaultMaxOperations;

    /// <summary>Where a remote sampler asks.</summary>
    public Uri Endpoint { get; set; } = new("http://localhost:5778/sampling");

    /// <summary>How often a remote sampler asks.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMinutes(1);
}
