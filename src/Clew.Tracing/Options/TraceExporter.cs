namespace Clew.Tracing;

/// <summary>Where spans can go; the names of the setting <c>Tracing:Exporters</c> and of OTEL_TRACES_EXPORTER in brackets.</summary>
public enum TraceExporter
{
    /// <summary>OTLP over gRPC or HTTP [otlp].</summary>
    Otlp,

    /// <summary>Zipkin v2 JSON [zipkin].</summary>
    Zipkin,

    /// <summary>Jaeger's agent by UDP [jaeger].</summary>
    JaegerUdp,

    /// <summary>Jaeger's collector, Thrift over HTTP [jaeger-http].</summary>
    JaegerHttp,

    /// <summary>Standard output, one line a span [console].</summary>
    Console,

    /// <summary>A file of OTLP JSON lines [file].</summary>
    File,
}
