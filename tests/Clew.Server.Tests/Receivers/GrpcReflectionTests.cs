using System.Text;
using Clew.Server.Hosting;
using Clew.Server.Receivers.Grpc.Reflection;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Receivers;

public sealed class GrpcReflectionTests : IAsyncLifetime
{
    private const string V1 = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    private const string V1Alpha = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store);

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Theory]
    [InlineData("OtlpGrpc", "grpc.health.v1.Health,jaeger.api_v2.SamplingManager,opentelemetry.proto.collector.trace.v1.TraceService")]
    [InlineData("JaegerGrpc", "grpc.health.v1.Health,jaeger.api_v2.CollectorService")]
    [InlineData("QueryGrpc", "grpc.health.v1.Health,jaeger.api_v2.QueryService,jaeger.api_v2.metrics.MetricsQueryService,jaeger.api_v3.QueryService")]
    [InlineData("Zipkin", "zipkin.proto3.SpanService")]
    public async Task Each_port_lists_its_services_and_describes_each(string role, string services)
    {
        foreach (string path in (string[])[V1, V1Alpha])
        {
            WireFields listed = Assert.Single(await AskAsync(Enum.Parse<ListenerRole>(role), path, Text(7, "*")));
            string[] names = [.. new WireFields(Assert.Single(listed.Blobs(6))).Blobs(1).Select(service => new WireFields(service).Texts(1).Single())];
            Assert.Equal(
                services.Split(',').Concat(["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"]).Order(StringComparer.Ordinal), names);

            WireFields[] described = await AskAsync(Enum.Parse<ListenerRole>(role), path, [.. names.Select(name => Text(4, name))]);
            Assert.Equal(names.Length, described.Length);
            Assert.All(described.Zip(names), answer => Assert.Contains(
                $"{answer.Second[(answer.Second.LastIndexOf('.') + 1)..]}", Encoding.Latin1.GetString(new WireFields(Assert.Single(answer.First.Blobs(4))).Blobs(1).First()), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_file_comes_first_and_then_everything_it_imports_each_once()
    {
        foreach (byte[] question in (byte[][])[Text(3, "query_service.proto"), Text(4, "jaeger.api_v3.QueryService.GetTrace"), Text(4, "jaeger.api_v3.TraceSummary")])
        {
            WireFields answer = Assert.Single(await AskAsync(ListenerRole.QueryGrpc, V1, question));
            string[] files = [.. new WireFields(Assert.Single(answer.Blobs(4))).Blobs(1).Select(file => new WireFields(file).Texts(1)[0])];
            Assert.Equal("query_service.proto", files[0]);
            Assert.Equal(
                ["expression/v1/expression.proto", "google/protobuf/duration.proto", "google/protobuf/timestamp.proto", "opentelemetry/proto/common/v1/common.proto", "opentelemetry/proto/resource/v1/resource.proto", "opentelemetry/proto/trace/v1/trace.proto"],
                files[1..].Order(StringComparer.Ordinal));
        }
        Assert.NotNull(DescriptorCatalog.Embedded.FindSymbol("opentelemetry.proto.trace.v1.Span.SpanKind"));
        Assert.NotNull(DescriptorCatalog.Embedded.FindSymbol("jaeger.api_v2.ValueType"));
    }

    [Fact]
    public async Task What_is_not_there_is_an_answer_and_the_stream_goes_on()
    {
        byte[] host = Text(1, "localhost");
        WireFields[] answers = await AskAsync(
            ListenerRole.OtlpGrpc, V1, [.. host, .. Text(4, "no.such.Thing")], Text(3, "no.proto"), Text(6, "zipkin.proto3.Span"), [0x2a, 0], [], Text(7, ""));
        Assert.Equal([5UL, 5, 5, 5, 3], answers[..5].Select(answer => new WireFields(Assert.Single(answer.Blobs(7))).Number(1)));
        Assert.Equal(["localhost"], answers[0].Texts(1));
        Assert.Equal((byte[])[.. host, .. Text(4, "no.such.Thing")], Assert.Single(answers[0].Blobs(2)));
        Assert.Single(answers[5].Blobs(6));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0x3a }, 3)]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 0x3b, 0 }, 3)]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, 12)]
    [InlineData(new byte[] { 0, 0, 1, 0, 0 }, 8)]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 }, 13)]
    [InlineData(new byte[] { 0, 0 }, 13)]
    [InlineData(new byte[0], 0)]
    public async Task A_stream_that_makes_no_sense_ends_with_a_status(byte[] body, int status)
    {
        using var grpc = new RawGrpcClient(server);
        Assert.Equal(status, (await grpc.SendAsync(V1, body)).Status);
        // The connection lives on.
        Assert.Equal(0, (await grpc.ExportAsync([])).Status);
        Assert.Equal(1, grpc.Connections);
    }

    private async Task<WireFields[]> AskAsync(ListenerRole role, string path, params byte[][] questions)
    {
        using var grpc = new RawGrpcClient(server, role);
        // Three bytes at a time: frames do not follow messages.
        RawGrpcClient.Answer answer = await grpc.SendAsync(path, [.. questions.SelectMany(question => RawGrpcClient.Frame(question))], pieceBytes: 3);
        Assert.Equal(0, answer.Status);
        return [.. WireFields.Frames(answer.Body).Select(message => new WireFields(message))];
    }

    private static byte[] Text(int field, string text) => [(byte)((field << 3) | 2), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
