using OpenTelemetry.Exporter;

namespace Clew.Tracing.Settings;

/// <summary>Where OTLP requests of traces go.</summary>
internal static class OtlpAddress
{
    private const string TracesPath = "v1/traces";

    /// <summary>
    /// For gRPC the host and port count. For HTTP a base address gets the path of traces (OpenTelemetry Protocol Exporter, "Endpoint URLs for OTLP/HTTP"), as does one without any
    /// path, because nothing listens there.
    /// </summary>
    public static Uri ForTraces(Uri address, OtlpExportProtocol protocol, bool isBase) =>
        protocol == OtlpExportProtocol.HttpProtobuf && (isBase || address.AbsolutePath == "/")
            ? new Uri($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{TracesPath}")
            : address;

    public static Uri Of(ExportOptions export) => export.Endpoint is { } address
        ? ForTraces(address, export.Protocol, isBase: false)
        : new Uri(export.Protocol == OtlpExportProtocol.Grpc ? "http://localhost:4317" : "http://localhost:4318/v1/traces");
}
