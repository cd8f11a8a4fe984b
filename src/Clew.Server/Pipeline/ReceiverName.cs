namespace Clew.Server.Pipeline;

/// <summary>Where a request came in; the value of the <c>receiver</c> label of every ingest metric.</summary>
internal static class ReceiverName
{
    public const string OtlpGrpc = "otlp-grpc";
    public const string OtlpHttp = "otlp-http";
    public const string Zipkin = "zipkin";
    public const string ZipkinGrpc = "zipkin-grpc";
    public const string ZipkinRabbitMq = "zipkin-rabbitmq";
    public const string JaegerHttp = "jaeger-http";
    public const string JaegerGrpc = "jaeger-grpc";
    public const string JaegerCompact = "jaeger-udp-compact";
    public const string JaegerBinary = "jaeger-udp-binary";

    public static IReadOnlyList<string> All { get; } = [OtlpGrpc, OtlpHttp, Zipkin, ZipkinGrpc, ZipkinRabbitMq, JaegerGrpc, JaegerHttp, JaegerCompact, JaegerBinary];
}
