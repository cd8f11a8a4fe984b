using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>A sampler that can be exchanged while spans are being started. Owns the samplers it is given.</summary>
internal sealed class ChangeableSampler : Sampler, IDisposable
{
    private volatile Sampler current;

    public ChangeableSampler(Sampler first)
    {
        current = first;
        Description = "ChangeableSampler";
    }

    public Sampler Current => current;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => current.ShouldSample(samplingParameters);

    /// <summary>From now on samples by <paramref name="next"/>. A decision under way may still be the old one's.</summary>
    public void Change(Sampler next)
    {
        Sampler before = current;
        current = next;
        (before as IDisposable)?.Dispose();
    }

    public void Dispose() => (current as IDisposable)?.Dispose();
}
