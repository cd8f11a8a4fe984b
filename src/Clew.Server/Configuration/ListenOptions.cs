using System.Net;

namespace Clew.Server.Configuration;

/// <summary>Where the server listens. Null means the listener is off; port 0 means any free port.</summary>
internal sealed record ListenOptions
{
    /// <summary>The address of every listener that is given by a port alone. Default 127.0.0.1.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Pages, Jaeger query API, health, metrics. Default port 16686.</summary>
    public IPEndPoint? Query { get; init; } = new(IPAddress.Loopback, 16686);

    /// <summary>Jaeger query API over gRPC (HTTP/2 without TLS). Default port 16685.</summary>
    public IPEndPoint? QueryGrpc { get; init; } = new(IPAddress.Loopback, 16685);

    /// <summary>OTLP over gRPC (HTTP/2 without TLS). Default port 4317.</summary>
    public IPEndPoint? OtlpGrpc { get; init; } = new(IPAddress.Loopback, 4317);

    /// <summary>OTLP over HTTP, protobuf and JSON. Default port 4318.</summary>
    public IPEndPoint? OtlpHttp { get; init; } = new(IPAddress.Loopback, 4318);

    /// <summary>Zipkin: spans in and query API. Default port 9411.</summary>
    public IPEndPoint? Zipkin { get; init; } = new(IPAddress.Loopback, 9411);

    /// <summary>Jaeger's collector, Thrift over HTTP. Default port 14268.</summary>
    public IPEndPoint? JaegerHttp { get; init; } = new(IPAddress.Loopback, 14268);

    /// <summary>Jaeger's collector over gRPC (HTTP/2 without TLS). Default port 14250.</summary>
    public IPEndPoint? JaegerGrpc { get; init; } = new(IPAddress.Loopback, 14250);

    /// <summary>Jaeger's agent, compact Thrift over UDP. Default port 6831.</summary>
    public IPEndPoint? JaegerCompact { get; init; } = new(IPAddress.Loopback, 6831);

    /// <summary>The older port of Jaeger's agent, same protocol as <see cref="JaegerCompact"/>. Default port 5775.</summary>
    public IPEndPoint? JaegerCompactLegacy { get; init; } = new(IPAddress.Loopback, 5775);

    /// <summary>Jaeger's agent, binary Thrift over UDP. Default port 6832.</summary>
    public IPEndPoint? JaegerBinary { get; init; } = new(IPAddress.Loopback, 6832);

    /// <summary>Sampling strategies for SDKs with Jaeger's remote sampler. Default port 5778.</summary>
    public IPEndPoint? Sampling { get; init; } = new(IPAddress.Loopback, 5778);
}
