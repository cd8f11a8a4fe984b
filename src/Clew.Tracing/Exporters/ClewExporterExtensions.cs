using System.Diagnostics;
using Clew.Tracing.Exporters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>
/// Clew's exporters for a tracer provider that an application sets up itself. Options can also be configured as services
/// (<c>services.Configure&lt;ZipkinExporterOptions&gt;</c>), under the name given here; batches follow OTEL_BSP_* and <see cref="BatchExportActivityProcessorOptions"/>
/// of that name. Options that cannot be used throw when the provider is built.
/// </summary>
public static class ClewExporterExtensions
{
    /// <summary>Zipkin v2 JSON over HTTP, with retries.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="name">Tells several exporters of one kind apart.</param>
    public static TracerProviderBuilder AddClewZipkinExporter(this TracerProviderBuilder builder, Action<ZipkinExporterOptions>? configure = null, string? name = null) =>
        AddBatched(builder, configure, name, static options => new ZipkinExporter(options));

    /// <summary>Thrift over HTTP to a Jaeger collector, with retries.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="name">Tells several exporters of one kind apart.</param>
    public static TracerProviderBuilder AddClewJaegerExporter(this TracerProviderBuilder builder, Action<JaegerHttpExporterOptions>? configure = null, string? name = null) =>
        AddBatched(builder, configure, name, static options => new JaegerHttpExporter(options));

    /// <summary>Datagrams to a Jaeger agent.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="name">Tells several exporters of one kind apart.</param>
    public static TracerProviderBuilder AddClewJaegerUdpExporter(this TracerProviderBuilder builder, Action<JaegerUdpExporterOptions>? configure = null, string? name = null) =>
        AddBatched(builder, configure, name, static options => new JaegerUdpExporter(options));

    /// <summary>Lines of OTLP JSON in rolling files.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="name">Tells several exporters of one kind apart.</param>
    public static TracerProviderBuilder AddClewFileExporter(this TracerProviderBuilder builder, Action<FileExporterOptions>? configure = null, string? name = null) =>
        AddBatched(builder, configure, name, static options => new FileExporter(options));

    /// <summary>One readable line a span, when it ends.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="output">Where to; standard output when null. Not closed.</param>
    public static TracerProviderBuilder AddClewConsoleExporter(this TracerProviderBuilder builder, TextWriter? output = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddProcessor(_ => new SimpleActivityExportProcessor(new ConsoleExporter(output)));
    }

    /// <summary>Keeps spans for a test, which finds each one in <paramref name="exporter"/> as soon as it has ended.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="exporter">The test's; disposed with the provider.</param>
    public static TracerProviderBuilder AddClewInMemoryExporter(this TracerProviderBuilder builder, InMemoryExporter exporter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(exporter);
        return builder.AddProcessor(_ => new SimpleActivityExportProcessor(exporter));
    }

    private static TracerProviderBuilder AddBatched<TOptions>(
        TracerProviderBuilder builder, Action<TOptions>? configure, string? name, Func<TOptions, BaseExporter<Activity>> create)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= Options.DefaultName;
        builder.ConfigureServices(services =>
        {
            services.AddOptions();
            if (configure is not null)
                services.Configure(name, configure);
        });
        return builder.AddProcessor(services =>
        {
            TOptions options = services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
            if (options is HttpExporterOptions http)
                http.Delivery.UseLog(services);
            BatchExportActivityProcessorOptions batch = services.GetRequiredService<IOptionsMonitor<BatchExportActivityProcessorOptions>>().Get(name);
            return new FlushingExportProcessor(create(options), batch);
        });
    }
}
