namespace Clew.Server.Hosting;

/// <summary>What a TCP listener is for. Every role has its own port and its own routes.</summary>
internal enum ListenerRole
{
    /// <summary>Pages, Jaeger query API, health, metrics (16686).</summary>
    Query,

    /// <summary>OTLP over gRPC, HTTP/2 without TLS (4317).</summary>
    OtlpGrpc,

    /// <summary>OTLP over HTTP (4318).</summary>
    OtlpHttp,

    /// <summary>Zipkin's one port: spans in, query API (9411).</summary>
    Zipkin,

    /// <summary>Jaeger's collector over HTTP (14268).</summary>
    JaegerHttp,
}
