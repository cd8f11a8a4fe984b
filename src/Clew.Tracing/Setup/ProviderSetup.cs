using Clew.Tracing.Instrumentation.Client;
using Clew.Tracing.Instrumentation.Grpc;
using Clew.Tracing.Instrumentation.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Setup;

/// <summary>Everything but exporters. Runs before the application's own configuration of OpenTelemetry, which therefore has the last word.</summary>
internal static class ProviderSetup
{
    private const string AspNetCore = "Microsoft.AspNetCore";
    private const string HttpClient = "System.Net.Http";

    public static void Configure(IServiceProvider services, TracerProviderBuilder builder)
    {
        ClewTracingOptions options = services.GetRequiredService<IOptions<ClewTracingOptions>>().Value;
        if (!options.Enabled)
            return;
        TracingState state = services.GetRequiredService<TracingState>();
        services.GetRequiredService<InstalledPropagation>();
        AspNetCoreSwitch.Set();
        builder.ConfigureResource(resource => ServiceResource.Configure(resource, options, services.GetService<IHostEnvironment>()));
        if (options.Sources.Count > 0)
            builder.AddSource([.. options.Sources]);
        if (options.Server.Enabled)
        {
            builder.AddSource(AspNetCore);
            builder.AddInstrumentation(() => new ServerInstrumentation(services, options.Server, state.IgnoredPaths));
        }
        if (options.Client.Enabled)
        {
            builder.AddSource(HttpClient, GrpcClientSpans.SourceName);
            builder.AddInstrumentation(static () => new GrpcClientSpans());
            builder.AddInstrumentation(() => new ClientInstrumentation(options.Client).Subscribe());
        }
        if (options.Messaging.Enabled)
            builder.AddClewMessagingInstrumentation();
        builder.ConfigureSampler((_, current) => state.CreateSampler(current));
    }
}

/// <summary>The exporters, after whatever the application has added by then.</summary>
internal static class ExporterSetup
{
    public static void Configure(IServiceProvider services, TracerProviderBuilder builder)
    {
        ClewTracingOptions options = services.GetRequiredService<IOptions<ClewTracingOptions>>().Value;
        if (!options.Enabled)
            return;
        BatchExportActivityProcessorOptions batch = services.GetRequiredService<IOptionsMonitor<BatchExportActivityProcessorOptions>>().CurrentValue;
        options.Delivery.UseLog(services);
        if (options.Exporters is null)
            builder.AddProcessor(ExportProcessors.CreateDefault(options, batch));
        foreach (TraceExporter exporter in options.Exporters ?? [])
            builder.AddProcessor(ExportProcessors.Create(exporter, options, batch));
    }
}
