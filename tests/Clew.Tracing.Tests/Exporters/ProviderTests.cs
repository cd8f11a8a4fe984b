using System.Collections.Concurrent;
using System.Diagnostics;
using Clew.Tracing.Exporters;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Exporters;

public sealed class ProviderTests
{
    [Fact]
    public async Task An_exporter_in_a_provider_knows_its_resource_and_makes_no_spans_of_its_own_requests()
    {
        await using var collector = new FakeCollector();
        await collector.StartAsync();
        using var source = new ActivitySource("Clew.Tests.Provider");
        var services = new ConcurrentQueue<string>();
        collector.Received = span => services.Enqueue(span.ServiceName);
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.Clear().AddService("provided"))
            .AddSource(source.Name, "System.Net.Http")
            .AddProcessor(new BatchActivityExportProcessor(new ZipkinExporter(new ZipkinExporterOptions { Endpoint = collector.Endpoint })))
            .Build())
        {
            source.StartActivity("one")?.Dispose();
            Assert.True(provider.ForceFlush(20_000));
            source.StartActivity("two")?.Dispose();
        }

        Assert.Equal(["one", "two"], collector.Names);
        Assert.Equal(["provided", "provided"], services);
    }
}
