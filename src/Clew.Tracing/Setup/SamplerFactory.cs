using Clew.Tracing.Sampling;
using Clew.Tracing.Setup.Otlp;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Setup;

/// <summary>The sampler that options describe.</summary>
internal static class SamplerFactory
{
    /// <summary>What OpenTelemetry takes where nobody says anything.</summary>
    private static readonly string SdkDefault = new ParentBasedSampler(new AlwaysOnSampler()).Description;

    /// <param name="options">Valid ones.</param>
    /// <param name="export">The certificates a remote sampler goes by.</param>
    /// <param name="serviceName">For a remote sampler to ask for.</param>
    /// <param name="applications">The sampler OpenTelemetry would use without us: the application's own, or its default.</param>
    public static Sampler Create(SamplerOptions options, ExportOptions export, string serviceName, Sampler applications)
    {
        if (options.Type == SamplerType.Default && applications.Description != SdkDefault)
            return new Borrowed(applications);
        Sampler root = Root(options, export, serviceName);
        return options.ParentBased ? new ParentSampler(root) : root;
    }

    /// <summary>Tells whether two sets of options mean the same sampler: an unchanged one goes on with what it has counted.</summary>
    public static string Fingerprint(SamplerOptions options) => string.Join(
        '|',
        (string[])
        [
            options.Type.ToString(), $"{options.ParentBased}", $"{options.Ratio}", $"{options.TracesPerSecond}", $"{options.MaxOperations}", options.Endpoint.ToString(), $"{options.PollInterval}",
            .. options.Operations.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"),
        ]);

    private static Sampler Root(SamplerOptions options, ExportOptions export, string serviceName) => options.Type switch
    {
        SamplerType.AlwaysOff => new ConstSampler(false),
        SamplerType.Ratio => new RatioSampler(options.Ratio ?? 1),
        SamplerType.RateLimiting => new RateLimitingSampler(options.TracesPerSecond ?? 0),
        SamplerType.PerOperation => new PerOperationSampler(
            new OperationSampling(options.Ratio ?? 1, options.TracesPerSecond ?? 0, options.Operations.AsReadOnly()), options.MaxOperations, RequestTags.Operation),
        SamplerType.Remote => new RemoteSampler(new RemoteSamplerOptions
        {
            ServiceName = serviceName,
            Endpoint = options.Endpoint,
            PollInterval = options.PollInterval,
            MaxOperations = options.MaxOperations,
            InitialSampler = options.Ratio is { } ratio ? new RatioSampler(ratio) : null,
            OperationSelector = RequestTags.Operation,
            HttpClientFactory = () => ExportClient.CreateForSampler(export),
        }),
        // OpenTelemetry's own: where everything is recorded, saying so on every trace is worth nothing.
        _ => new AlwaysOnSampler(),
    };

    /// <summary>The provider disposes the application's sampler itself; it may come back after a change.</summary>
    private sealed class Borrowed : Sampler
    {
        private readonly Sampler owner;

        public Borrowed(Sampler owner)
        {
            this.owner = owner;
            Description = owner.Description;
        }

        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => owner.ShouldSample(samplingParameters);
    }
}
