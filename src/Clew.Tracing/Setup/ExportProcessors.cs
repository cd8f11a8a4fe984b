using System.Diagnostics;
using Clew.Tracing.Exporters;
using Clew.Tracing.Setup.Otlp;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Setup;

/// <summary>The exporters that the options name, each behind its processor.</summary>
internal static class ExportProcessors
{
    /// <summary>Where no exporter is named: OTLP, unless the application exports so itself.</summary>
    public static BaseProcessor<Activity> CreateDefault(ClewTracingOptions options, BatchExportActivityProcessorOptions batch) =>
        OtlpExportProcessor.Create(options.Export, options.Delivery, batch, givesWay: true);

    public static BaseProcessor<Activity> Create(TraceExporter exporter, ClewTracingOptions options, BatchExportActivityProcessorOptions batch)
    {
        ExportOptions export = options.Export;
        return exporter switch
        {
            TraceExporter.Otlp => OtlpExportProcessor.Create(export, options.Delivery, batch, givesWay: false),
            TraceExporter.Zipkin => new FlushingExportProcessor(new ZipkinExporter(Http(new ZipkinExporterOptions(), export.ZipkinEndpoint, options)), batch),
            TraceExporter.JaegerHttp => new FlushingExportProcessor(new JaegerHttpExporter(Http(new JaegerHttpExporterOptions(), export.JaegerEndpoint, options)), batch),
            TraceExporter.JaegerUdp => new FlushingExportProcessor(new JaegerUdpExporter(new JaegerUdpExporterOptions { Host = export.JaegerAgentHost, Port = export.JaegerAgentPort }), batch),
            TraceExporter.File => new FlushingExportProcessor(new FileExporter(export.File), batch),
            _ => new SimpleActivityExportProcessor(new ConsoleExporter()),
        };
    }

    private static T Http<T>(T target, Uri endpoint, ClewTracingOptions options)
        where T : HttpExporterOptions
    {
        target.Endpoint = endpoint;
        target.Gzip = options.Export.Gzip;
        target.Delivery = options.Delivery;
        target.HttpClientFactory = () => ExportClient.Create(options.Export, isGrpc: false);
        return target;
    }
}
