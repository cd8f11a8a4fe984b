namespace Clew.Server.Commands.Sending;

/// <summary>A way to send spans.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Kind">Which one.</param>
/// <param name="DefaultEndpoint">Where a receiver on this machine listens.</param>
/// <param name="Path">Used when the endpoint has none.</param>
/// <param name="MediaType">Of the body.</param>
internal sealed record SpanProtocol(string Name, SpanProtocolKind Kind, string DefaultEndpoint, string Path, string MediaType)
{
    public static SpanProtocol[] All { get; } =
    [
        new("otlp-grpc", SpanProtocolKind.OtlpGrpc, "http://localhost:4317", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc"),
        new("otlp-http", SpanProtocolKind.OtlpHttp, "http://localhost:4318", "/v1/traces", "application/x-protobuf"),
        new("otlp-http-json", SpanProtocolKind.OtlpHttpJson, "http://localhost:4318", "/v1/traces", "application/json"),
        new("zipkin", SpanProtocolKind.Zipkin, "http://localhost:9411", "/api/v2/spans", "application/json"),
        new("jaeger-http", SpanProtocolKind.JaegerHttp, "http://localhost:14268", "/api/traces", "application/vnd.apache.thrift.binary"),
        new("jaeger-udp", SpanProtocolKind.JaegerUdp, "udp://localhost:6831", "/", ""),
    ];

    public bool IsUdp => Kind == SpanProtocolKind.JaegerUdp;

    public static SpanProtocol Of(SpanProtocolKind kind) => All[(int)kind];

    /// <exception cref="ArgumentException">Not a URL this protocol can be sent to; the message says so.</exception>
    public Uri Endpoint(string? text)
    {
        if (!Uri.TryCreate(text ?? DefaultEndpoint, UriKind.Absolute, out Uri? url) || (url.Scheme is not ("http" or "https") && !(IsUdp && url.Scheme == "udp")))
            throw new ArgumentException($"--endpoint: '{text}' is not a URL such as {DefaultEndpoint}");
        if (IsUdp && url.Port <= 0)
            throw new ArgumentException($"--endpoint: '{text}' has no port; write it as {DefaultEndpoint}");
        return url.AbsolutePath == "/" ? new Uri(url, Path) : url;
    }

    public ISpanSender Open(Uri endpoint, bool isGzip) => Kind switch
    {
        SpanProtocolKind.OtlpGrpc => new GrpcSpanSender(endpoint, isGzip),
        SpanProtocolKind.JaegerUdp => new UdpSpanSender(endpoint),
        _ => new HttpSpanSender(this, endpoint, isGzip),
    };
}

/// <summary>In the order of <see cref="SpanProtocol.All"/>.</summary>
internal enum SpanProtocolKind
{
    OtlpGrpc,
    OtlpHttp,
    OtlpHttpJson,
    Zipkin,
    JaegerHttp,
    JaegerUdp,
}
