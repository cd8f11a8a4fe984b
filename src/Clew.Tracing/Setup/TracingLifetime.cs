using Clew.Tracing.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Setup;

/// <summary>Begins tracing before the host's other services start, and sends what is left after they have stopped.</summary>
internal sealed partial class TracingLifetime(IServiceProvider services, IOptions<ClewTracingOptions> options, ILoggerFactory loggers) : IHostedLifecycleService
{
    private readonly ILogger logger = loggers.CreateLogger("Clew.Tracing");
    private TracerProvider? provider;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return Task.CompletedTask;
        // Made by the container, which disposes it; nothing listens before.
        provider = services.GetRequiredService<TracerProvider>();
        LogStarted(logger, Destinations(options.Value), options.Value.PageUrl ?? PageAddress.Of(options.Value));
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (provider is null)
            return;
        int milliseconds = (int)options.Value.ShutdownTimeout.TotalMilliseconds;
        // The SDK flushes synchronously.
        bool sent = await Task.Run(() => provider.ForceFlush(milliseconds), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!sent)
            LogUnsent(logger, milliseconds);
    }

    private static string Destinations(ClewTracingOptions options) => options.Exporters is []
        ? "nowhere"
        : string.Join(", ", (options.Exporters ?? [TraceExporter.Otlp]).Select(exporter => exporter switch
        {
            TraceExporter.Otlp => $"{OtlpAddress.Of(options.Export)} (OTLP, {(options.Export.Protocol == OtlpExportProtocol.Grpc ? "gRPC" : "HTTP")})",
            TraceExporter.Zipkin => $"{options.Export.ZipkinEndpoint} (Zipkin)",
            TraceExporter.JaegerHttp => $"{options.Export.JaegerEndpoint} (Jaeger)",
            TraceExporter.JaegerUdp => $"{options.Export.JaegerAgentHost}:{options.Export.JaegerAgentPort} (Jaeger, UDP)",
            TraceExporter.File => options.Export.File.Path,
            _ => "the console",
        }));

    [LoggerMessage(3, LogLevel.Information, "Spans go to {Destinations}; traces are shown at {PageUrl}")]
    private static partial void LogStarted(ILogger logger, string destinations, Uri? pageUrl);

    [LoggerMessage(4, LogLevel.Warning, "Not all spans were sent within {Milliseconds} ms; what a spool directory does not keep is lost")]
    private static partial void LogUnsent(ILogger logger, int milliseconds);
}
