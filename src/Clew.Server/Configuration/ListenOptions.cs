using System.Net;

namespace Clew.Server.Configuration;

/// <summary>Where the server listens. Null means the listener is off; port 0 means any free port.</summary>
internal sealed record ListenOptions
{
    public IPEndPoint? Query { get; init; } = new(IPAddress.Loopback, 16686);

    public IPEndPoint? OtlpGrpc { get; init; } = new(IPAddress.Loopback, 4317);

    public IPEndPoint? OtlpHttp { get; init; } = new(IPAddress.Loopback, 4318);

    public IPEndPoint? Zipkin { get; init; } = new(IPAddress.Loopback, 9411);

    public IPEndPoint? JaegerHttp { get; init; } = new(IPAddress.Loopback, 14268);

    public IPEndPoint? JaegerCompact { get; init; } = new(IPAddress.Loopback, 6831);

    public IPEndPoint? JaegerCompactLegacy { get; init; } = new(IPAddress.Loopback, 5775);

    public IPEndPoint? JaegerBinary { get; init; } = new(IPAddress.Loopback, 6832);
}
