using Clew.Tracing.Settings;

namespace Clew.Tracing.Setup;

/// <summary>Where traces can be looked at.</summary>
internal static class PageAddress
{
    private static readonly Uri Local = new("http://localhost:16686");

    /// <summary>The configured address; that of a server on this machine where spans go to one; otherwise null, because nothing tells the pages of a server from its address for spans.</summary>
    public static Uri? Of(ClewTracingOptions options)
    {
        if (options.PageUrl is not null)
            return options.PageUrl;
        IReadOnlyList<TraceExporter> exporters = options.Exporters ?? [TraceExporter.Otlp];
        bool isLocal = exporters.Any(exporter => exporter switch
        {
            TraceExporter.Otlp => OtlpAddress.Of(options.Export).IsLoopback,
            TraceExporter.Zipkin => options.Export.ZipkinEndpoint.IsLoopback,
            TraceExporter.JaegerHttp => options.Export.JaegerEndpoint.IsLoopback,
            TraceExporter.JaegerUdp => options.Export.JaegerAgentHost is "localhost" or "127.0.0.1",
            _ => false,
        });
        return isLocal ? Local : null;
    }

    public static string Trace(Uri pages, string traceId) => $"{pages.GetLeftPart(UriPartial.Path).TrimEnd('/')}/trace/{traceId}";
}
