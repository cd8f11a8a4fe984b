using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ListenOptions = Clew.Server.Configuration.ListenOptions;

namespace Clew.Server.Hosting;

/// <summary>A listener the server can have.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Setting">The key of its setting.</param>
/// <param name="Purpose">What it is for, for people.</param>
/// <param name="Protocols">The HTTP versions of a TCP listener (both: see <see cref="CleartextHttp2"/>); null for UDP.</param>
/// <param name="Configured">Where it should listen; null when it is off.</param>
internal sealed record Listener(
    ListenerRole Role, string Setting, string Purpose, HttpProtocols? Protocols, Func<ListenOptions, IPEndPoint?> Configured)
{
    public static ImmutableArray<Listener> All { get; } =
    [
        new(ListenerRole.Query, "listen.query", "pages, Jaeger query API", HttpProtocols.Http1, static listen => listen.Query),
        new(ListenerRole.QueryGrpc, "listen.queryGrpc", "Jaeger query API over gRPC", HttpProtocols.Http2, static listen => listen.QueryGrpc),
        new(ListenerRole.OtlpGrpc, "listen.otlpGrpc", "OTLP over gRPC", HttpProtocols.Http2, static listen => listen.OtlpGrpc),
        new(ListenerRole.OtlpHttp, "listen.otlpHttp", "OTLP over HTTP", HttpProtocols.Http1, static listen => listen.OtlpHttp),
        new(ListenerRole.Zipkin, "listen.zipkin", "Zipkin spans, query API", HttpProtocols.Http1AndHttp2, static listen => listen.Zipkin),
        new(ListenerRole.JaegerHttp, "listen.jaegerHttp", "Jaeger Thrift over HTTP", HttpProtocols.Http1, static listen => listen.JaegerHttp),
        new(ListenerRole.JaegerGrpc, "listen.jaegerGrpc", "Jaeger spans over gRPC", HttpProtocols.Http2, static listen => listen.JaegerGrpc),
        new(ListenerRole.JaegerCompact, "listen.jaegerCompact", "Jaeger agent, compact Thrift", null, static listen => listen.JaegerCompact),
        new(ListenerRole.JaegerCompactLegacy, "listen.jaegerCompactLegacy", "Jaeger agent, older port", null, static listen => listen.JaegerCompactLegacy),
        new(ListenerRole.JaegerBinary, "listen.jaegerBinary", "Jaeger agent, binary Thrift", null, static listen => listen.JaegerBinary),
        new(ListenerRole.Sampling, "listen.sampling", "sampling strategies", HttpProtocols.Http1, static listen => listen.Sampling),
    ];

    /// <summary>The last part of the setting; a label in metrics.</summary>
    public string Name { get; } = Setting[(Setting.IndexOf('.', StringComparison.Ordinal) + 1)..];

    public bool IsUdp => Protocols is null;

    public string UrlScheme => IsUdp ? "udp" : "http";

    public static Listener Of(ListenerRole role) => All[(int)role];
}
