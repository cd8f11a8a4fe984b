using Clew.Tracing.Propagation;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>
/// Samples a share of traces by their id, so that every service with the same or a higher ratio samples the same traces. Follows Jaeger's rule: the lower
/// 63 bits of the id's low half, as a number, must be under the ratio's share of 2^63. Those are the digits on the right, which 64-bit ids have too;
/// OpenTelemetry .NET's own sampler looks at the left half and does not choose the same traces.
/// </summary>
public sealed class RatioSampler : Sampler
{
    private const ulong Mask = long.MaxValue;

    private readonly SamplingResult sampled;
    private readonly ulong boundary;

    /// <param name="ratio">The share of traces, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ratio"/> is not from 0 to 1.</exception>
    public RatioSampler(double ratio)
    {
        if (!(ratio is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "A ratio is a number from 0 to 1.");
        Ratio = ratio;
        // 2^63 is a double exactly, and the product of every ratio under 1 fits a ulong.
        boundary = (ulong)(ratio * (Mask + 1.0));
        sampled = SamplerAttributes.Sampled("probabilistic", ratio);
        Description = $"RatioSampler{{{ratio}}}";
    }

    /// <summary>The share of traces, 0 to 1.</summary>
    public double Ratio { get; }

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        (ActivityIds.LowHalf(samplingParameters.TraceId) & Mask) < boundary ? sampled : SamplerAttributes.Drop;
}
