namespace Clew.Server.Hosting;

/// <summary>What a listener is for. Every role has its own port; the TCP ones have their own routes.</summary>
internal enum ListenerRole
{
    /// <summary>Pages, Jaeger query API, health, metrics (16686).</summary>
    Query,

    /// <summary>Jaeger query API over gRPC, HTTP/2 without TLS (16685).</summary>
    QueryGrpc,

    /// <summary>OTLP over gRPC, HTTP/2 without TLS (4317).</summary>
    OtlpGrpc,

    /// <summary>OTLP over HTTP (4318).</summary>
    OtlpHttp,

    /// <summary>Zipkin's one port: spans in, query API (9411).</summary>
    Zipkin,

    /// <summary>Jaeger's collector over HTTP (14268).</summary>
    JaegerHttp,

    /// <summary>Jaeger's collector over gRPC, HTTP/2 without TLS (14250).</summary>
    JaegerGrpc,

    /// <summary>Jaeger's agent, compact Thrift over UDP (6831).</summary>
    JaegerCompact,

    /// <summary>Jaeger's agent at its older port, compact Thrift over UDP (5775).</summary>
    JaegerCompactLegacy,

    /// <summary>Jaeger's agent, binary Thrift over UDP (6832).</summary>
    JaegerBinary,

    /// <summary>What SDKs with Jaeger's remote sampler ask how much to sample (5778).</summary>
    Sampling,
}
