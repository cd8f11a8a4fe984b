using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Checkout;

/// <summary>Stands in for several services in one process: each has a tracer provider and resource of its own, as separate processes would.</summary>
internal sealed class Fleet(Uri endpoint) : IDisposable
{
    private readonly Dictionary<string, (ActivitySource Source, TracerProvider Provider)> services = [];

    public ActivitySource this[string service]
    {
        get
        {
            if (!services.TryGetValue(service, out var entry))
                services[service] = entry = Create(service);
            return entry.Source;
        }
    }

    public void Flush()
    {
        foreach (var (_, provider) in services.Values)
            provider.ForceFlush(10_000);
    }

    public void Dispose()
    {
        foreach (var (source, provider) in services.Values)
        {
            provider.Dispose();
            source.Dispose();
        }
    }

    private (ActivitySource Source, TracerProvider Provider) Create(string service)
    {
        string sourceName = $"Checkout.{service}";
        TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(sourceName)
            .ConfigureResource(resource => resource.AddService(service, serviceVersion: "1.4.0", serviceInstanceId: $"{service}-7d9f"))
            .AddOtlpExporter(options => options.Endpoint = endpoint)
            .Build();
        return (new ActivitySource(sourceName, "1.4.0"), provider);
    }
}
