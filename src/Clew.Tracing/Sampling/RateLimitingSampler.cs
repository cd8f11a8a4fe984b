using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>Samples at most so many traces a second, with bursts of one second's worth and at least one.</summary>
public sealed class RateLimitingSampler : Sampler
{
    private readonly TokenBucket tokens;
    private readonly SamplingResult sampled;

    /// <param name="maxTracesPerSecond">The rate, fractions included: 0.1 is one trace in ten seconds. 0 samples nothing.</param>
    /// <param name="time">The clock; the system's where null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTracesPerSecond"/> is negative or not finite.</exception>
    public RateLimitingSampler(double maxTracesPerSecond, TimeProvider? time = null)
    {
        ThrowIfNoRate(maxTracesPerSecond, nameof(maxTracesPerSecond));
        tokens = new TokenBucket(maxTracesPerSecond, time ?? TimeProvider.System);
        sampled = SamplerAttributes.Sampled("ratelimiting", maxTracesPerSecond);
        Description = $"RateLimitingSampler{{{maxTracesPerSecond}}}";
    }

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => tokens.TryTake() ? sampled : SamplerAttributes.Drop;

    internal static void ThrowIfNoRate(double perSecond, string name)
    {
        if (!(perSecond >= 0) || !double.IsFinite(perSecond))
            throw new ArgumentOutOfRangeException(name, perSecond, "A rate is a number of traces per second, not negative.");
    }
}
