using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>Where a <see cref="RemoteSampler"/> asks and what it does meanwhile.</summary>
public sealed class RemoteSamplerOptions
{
    /// <summary>The service to ask for.</summary>
    public required string ServiceName { get; init; }

    /// <summary>The sampling endpoint; the query <c>service=</c> is added.</summary>
    public Uri Endpoint { get; init; } = new("http://localhost:5778/sampling");

    /// <summary>Time between two questions; each varies by a tenth either way, so that services started together do not ask together.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one question may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Makes the client, which the sampler then owns and gives its time limit; the place for certificates and proxies. Its requests should not be traced, or asking how to sample
    /// would itself be sampled. Where null, a plain one.
    /// </summary>
    public Func<HttpClient>? HttpClientFactory { get; init; }

    /// <summary>Decides until the first answer; one trace in a thousand where null, as Jaeger's clients do. Disposed with the sampler.</summary>
    public Sampler? InitialSampler { get; init; }

    /// <summary>How many operations of this service are told apart.</summary>
    public int MaxOperations { get; init; } = PerOperationSampler.DefaultMaxOperations;

    /// <summary>Names the operation of a trace for per-operation sampling; the first span's name where null.</summary>
    public OperationSelector? OperationSelector { get; init; }

    /// <summary>The clock of the interval and of rates; the system's where null.</summary>
    public TimeProvider? TimeProvider { get; init; }
}
