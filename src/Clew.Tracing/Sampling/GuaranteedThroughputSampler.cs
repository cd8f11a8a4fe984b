using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>
/// Samples a share of traces, and when that share is too thin at least a rate of them. Traces of the share use up the rate too, so the rate only speaks up
/// when the share has been silent. <c>sampler.type</c> is <c>lowerbound</c> for what the rate added, with the ratio as <c>sampler.param</c>, as Jaeger expects it.
/// </summary>
public sealed class GuaranteedThroughputSampler : Sampler
{
    private readonly RatioSampler share;
    private readonly TokenBucket tokens;
    private readonly SamplingResult sampledByLowerBound;

    /// <param name="ratio">The share of traces, 0 to 1.</param>
    /// <param name="minTracesPerSecond">The rate, fractions included.</param>
    /// <param name="time">The clock; the system's where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not from 0 to 1, or the rate is negative or not finite.</exception>
    public GuaranteedThroughputSampler(double ratio, double minTracesPerSecond, TimeProvider? time = null)
        : this(ratio, Bucket(minTracesPerSecond, time))
    {
    }

    internal GuaranteedThroughputSampler(double ratio, TokenBucket tokens)
    {
        share = new RatioSampler(ratio);
        this.tokens = tokens;
        sampledByLowerBound = SamplerAttributes.Sampled("lowerbound", ratio);
        Description = $"GuaranteedThroughputSampler{{{ratio}}}";
    }

    /// <summary>Outlives the sampler when only the ratio changes: a new bucket would be full, and adaptive ratios change every minute.</summary>
    internal TokenBucket Tokens => tokens;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        SamplingResult byShare = share.ShouldSample(samplingParameters);
        bool hasToken = tokens.TryTake();
        return byShare.Decision == SamplingDecision.RecordAndSample || !hasToken ? byShare : sampledByLowerBound;
    }

    private static TokenBucket Bucket(double perSecond, TimeProvider? time)
    {
        RateLimitingSampler.ThrowIfNoRate(perSecond, "minTracesPerSecond");
        return new TokenBucket(perSecond, time ?? TimeProvider.System);
    }
}
