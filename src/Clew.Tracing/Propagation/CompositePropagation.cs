using System.Diagnostics;
using OpenTelemetry.Context.Propagation;

namespace Clew.Tracing.Propagation;

/// <summary>
/// Several formats as one propagator, in the two shapes .NET has. Install both from the same instance: when what ASP.NET Core extracted and what
/// OpenTelemetry extracts differ, OpenTelemetry's instrumentation starts a second, sibling activity for the request. Immutable and free of locks.
/// </summary>
/// <remarks>
/// .NET's activities know a trace of 128 bits, a parent and one bit, sampled or not. So 64-bit trace ids get zeros on the left (and lose them again in B3 and
/// Jaeger headers), and what one bit cannot say travels in tracestate: <c>clew=debug</c> goes along with the trace, <c>clew=defer</c> tells this process's
/// <see cref="Sampling.ParentSampler"/> that the caller left the decision to it.
/// </remarks>
public sealed class CompositePropagation
{
    /// <summary>A propagator by these options.</summary>
    public CompositePropagation(PropagationOptions options)
    {
        PropagationFormat[] extract = [.. options.Extract];
        PropagationFormat[] inject = [.. options.Inject];
        string[] fields = [.. inject.Concat(extract).SelectMany(HeaderName.Of).Select(name => name.Written).Distinct()];
        var reader = new ContextReader(extract, options.Trust);
        var writer = new ContextWriter(inject);
        ForActivities = new ActivityPropagator(reader, writer, fields);
        ForOpenTelemetry = new OpenTelemetryPropagator(reader, writer, fields);
    }

    /// <summary>
    /// For HttpClient, ASP.NET Core and gRPC: assign it to <see cref="DistributedContextPropagator.Current"/> before the host is built. A decision without
    /// identifiers (<c>b3: 0</c>, <c>jaeger-debug-id</c>) becomes a context with new identifiers, because a parent is the only way to tell .NET a decision; the
    /// first span then has a parent that nobody reports.
    /// </summary>
    public DistributedContextPropagator ForActivities { get; }

    /// <summary>For OpenTelemetry: <c>Sdk.SetDefaultTextMapPropagator</c>. A decision without identifiers leaves the context as it is.</summary>
    public TextMapPropagator ForOpenTelemetry { get; }
}
