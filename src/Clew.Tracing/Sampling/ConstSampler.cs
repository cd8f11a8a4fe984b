using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>Samples every trace or none.</summary>
public sealed class ConstSampler : Sampler
{
    private readonly SamplingResult result;

    /// <param name="decision">Whether traces are sampled.</param>
    public ConstSampler(bool decision)
    {
        result = decision ? SamplerAttributes.Sampled("const", true) : SamplerAttributes.Drop;
        Description = $"ConstSampler{{{decision}}}";
    }

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => result;
}
