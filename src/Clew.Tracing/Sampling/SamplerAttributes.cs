using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>
/// Results of samplers with the attributes <c>sampler.type</c> and <c>sampler.param</c> that Jaeger's clients put on sampled root spans: Jaeger's adaptive sampling
/// and estimates of real traffic read them. One array per sampler, made once.
/// </summary>
internal static class SamplerAttributes
{
    public static readonly SamplingResult Drop = new(SamplingDecision.Drop);

    public static SamplingResult Sampled(string type, object param) =>
        new(SamplingDecision.RecordAndSample, (KeyValuePair<string, object>[])[new("sampler.type", type), new("sampler.param", param)]);
}
