using Clew.Tracing.Sampling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Setup;

/// <summary>What may change while the host runs: the sampler and the ignored paths follow the configuration. One per host.</summary>
internal sealed partial class TracingState : IDisposable
{
    private readonly Lock gate = new();
    private readonly IOptionsFactory<ClewTracingOptions> factory;
    private readonly ILogger logger;
    private readonly string serviceName;
    private readonly IDisposable? subscription;
    private Sampler? applications;
    private ChangeableSampler? sampler;
    private string fingerprint = "";

    public TracingState(IOptions<ClewTracingOptions> options, IOptionsFactory<ClewTracingOptions> factory, ConfigurationSource source, ILoggerFactory? loggers = null, IHostEnvironment? environment = null)
    {
        Options = options.Value;
        this.factory = factory;
        logger = (ILogger?)loggers?.CreateLogger("Clew.Tracing") ?? Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        serviceName = ServiceResource.ServiceName(Options, environment);
        IgnoredPaths.Set(Options.Server.IgnorePaths);
        subscription = ChangeToken.OnChange(source.Configuration.GetReloadToken, Reload);
    }

    public ClewTracingOptions Options { get; }

    public IgnoredPaths IgnoredPaths { get; } = new();

    /// <summary>The sampler for the provider, which disposes it.</summary>
    public Sampler CreateSampler(Sampler current)
    {
        lock (gate)
        {
            applications = current;
            fingerprint = SamplerFactory.Fingerprint(Options.Sampler);
            sampler = new ChangeableSampler(SamplerFactory.Create(Options.Sampler, Options.Export, serviceName, current));
            return new RequestFilterSampler(sampler, IgnoredPaths);
        }
    }

    public void Dispose() => subscription?.Dispose();

    private void Reload()
    {
        try
        {
            // Made anew, so that what the application set in code stands in the changed options too.
            Apply(factory.Create(Microsoft.Extensions.Options.Options.DefaultName));
        }
        catch (OptionsValidationException problem)
        {
            LogRefused(logger, problem.Message);
        }
    }

    private void Apply(ClewTracingOptions options)
    {
        IgnoredPaths.Set(options.Server.IgnorePaths);
        lock (gate)
        {
            string changed = SamplerFactory.Fingerprint(options.Sampler);
            if (sampler is null || applications is null || changed == fingerprint)
                return;
            sampler.Change(SamplerFactory.Create(options.Sampler, Options.Export, serviceName, applications));
            fingerprint = changed;
        }
        LogChanged(logger, options.Sampler.Type);
    }

    [LoggerMessage(1, LogLevel.Warning, "The changed tracing settings are refused, the ones before stay: {Problem}")]
    private static partial void LogRefused(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Information, "Sampling is now {Type}")]
    private static partial void LogChanged(ILogger logger, SamplerType type);
}

/// <summary>Where the settings of this host are read.</summary>
internal sealed record ConfigurationSource(IConfiguration Configuration);
