using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests.Pairs;

/// <summary>Sent by each real client library, read through each API and the pages: what comes in by one door is seen through every other.</summary>
public sealed class EveryPairTests(ServerWithTraces traces) : IClassFixture<ServerWithTraces>
{
    private static readonly (string Client, string Listener)[] Clients =
    [
        ("otlp-grpc", "otlpGrpc"),
        ("otlp-grpc-gzip", "otlpGrpc"),
        ("otlp-http-proto", "otlpHttp"),
        ("otlp-http-proto-gzip", "otlpHttp"),
        ("otlp-http-json", "otlpHttp"),
        ("otlp-http-json-gzip", "otlpHttp"),
        ("otel-zipkin", "zipkin"),
        ("jaeger-udp", "jaegerBinary"),
        ("jaeger-http", "jaegerHttp"),
        ("jaeger-grpc", "jaegerGrpc"),
        ("zipkin", "zipkin"),
        ("zipkin-v1", "zipkin"),
        ("zipkin-proto3", "zipkin"),
        ("zipkin-grpc", "zipkin"),
        ("dotnet-otlp-grpc", "otlpGrpc"),
        ("dotnet-otlp-http", "otlpHttp"),
    ];

    private static readonly (string Client, string Listener)[] OfGo =
    [
        ("go-otel-jaeger-udp", "jaegerCompact"),
        ("go-otel-jaeger-http", "jaegerHttp"),
        ("go-zipkin", "zipkin"),
        ("go-zipkin-128", "zipkin"),
        ("go-otlp-grpc", "otlpGrpc"),
        ("go-otlp-grpc-gzip", "otlpGrpc"),
    ];

    private static readonly Dictionary<string, Func<ServerProcess, SentTrace, Task>> Readers = new()
    {
        ["jaeger"] = JaegerReader.AssertAsync,
        ["jaeger-v3"] = JaegerV3Reader.AssertAsync,
        ["jaeger-grpc"] = JaegerGrpcReader.AssertAsync,
        ["zipkin"] = ZipkinReader.AssertAsync,
        ["pages"] = PageReader.AssertAsync,
    };

    public static TheoryData<string, string, string> Pairs => PairsOf(Clients);

    public static TheoryData<string, string, string> PairsOfGo => PairsOf(OfGo);

    [RealClientTheory]
    [MemberData(nameof(Pairs))]
    public async Task What_a_client_sends_is_read_through(string client, string listener, string reader) =>
        await Readers[reader](traces.Server, await traces.SentBy(client, listener));

    [GoClientTheory]
    [MemberData(nameof(PairsOfGo))]
    public async Task What_a_client_in_Go_sends_is_read_through(string client, string listener, string reader) =>
        await Readers[reader](traces.Server, await traces.SentBy(client, listener));

    private static TheoryData<string, string, string> PairsOf(IEnumerable<(string Client, string Listener)> clients)
    {
        var pairs = new TheoryData<string, string, string>();
        foreach ((string client, string listener) in clients)
        {
            foreach (string reader in Readers.Keys)
                pairs.Add(client, listener, reader);
        }
        return pairs;
    }
}
