using Clew.Tracing.Exporters;
using OpenTelemetry.Exporter;

namespace Clew.Tracing;

/// <summary>Addresses and formats of the exporters.</summary>
public sealed class ExportOptions
{
    /// <summary>
    /// Where OTLP goes: <c>http://localhost:4317</c> for gRPC and <c>http://localhost:4318</c> for HTTP where null. For HTTP, an address without a path gets <c>/v1/traces</c>.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>gRPC (the default) or HTTP with protobuf.</summary>
    public OtlpExportProtocol Protocol { get; set; } = OtlpExportProtocol.Grpc;

    /// <summary>Headers of every request over HTTP or gRPC, as for authentication.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Compresses what is sent over HTTP or gRPC.</summary>
    public bool Gzip { get; set; }

    /// <summary>A PEM file of authorities to trust instead of the system's, or null.</summary>
    public string? CaCertificate { get; set; }

    /// <summary>A PEM file with the certificate this program shows to servers, or null.</summary>
    public string? ClientCertificate { get; set; }

    /// <summary>A PEM file with the key of <see cref="ClientCertificate"/>; null where it is in the same file.</summary>
    public string? ClientKey { get; set; }

    /// <summary>Where Zipkin JSON is posted.</summary>
    public Uri ZipkinEndpoint { get; set; } = new("http://localhost:9411/api/v2/spans");

    /// <summary>Where Thrift is posted.</summary>
    public Uri JaegerEndpoint { get; set; } = new("http://localhost:14268/api/traces");

    /// <summary>Host of Jaeger's agent.</summary>
    public string JaegerAgentHost { get; set; } = "localhost";

    /// <summary>UDP port of Jaeger's agent for compact Thrift.</summary>
    public int JaegerAgentPort { get; set; } = 6831;

    /// <summary>The file of the file exporter.</summary>
    public FileExporterOptions File { get; } = new();
}
