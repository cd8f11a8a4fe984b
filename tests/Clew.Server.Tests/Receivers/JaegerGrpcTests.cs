using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Text;
using Clew.Formats.Jaeger;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Receivers;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Receivers;

public sealed class JaegerGrpcTests : IAsyncLifetime
{
    private const string PostSpans = "/jaeger.api_v2.CollectorService/PostSpans";
    private const int InvalidArgument = 3;
    private const int Unimplemented = 12;
    private const int Unavailable = 14;

    private readonly MemoryStore store = new();
    private TestServer server = null!;
    private RawGrpcClient client = null!;

    public async Task InitializeAsync()
    {
        server = await TestServer.StartAsync(store);
        client = new RawGrpcClient(server, ListenerRole.JaegerGrpc);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Posted_spans_are_stored_before_the_empty_answer()
    {
        Span[] spans = [Span(1, 2).With(("n", 5)).WithEvent("e", ("x", "y")), Span(1, 3, parent: 2, service: "stock")];

        RawGrpcClient.Answer answer = await client.SendAsync(PostSpans, RawGrpcClient.Frame(Request(spans)));

        Assert.Equal((HttpStatusCode.OK, 0), (answer.HttpStatus, answer.Status));
        Assert.Equal([0, 0, 0, 0, 0], answer.Body);
        await IngestAssert.StoredAsync(store, spans);
    }

    [Fact]
    public async Task Gzip_is_taken()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Request(Span(1, 2)));

        Assert.Equal(0, (await client.SendAsync(PostSpans, RawGrpcClient.Frame(packed.ToArray(), compressed: true), "gzip")).Status);

        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
    }

    [Fact]
    public async Task Broken_bytes_are_INVALID_ARGUMENT_with_the_place_and_the_connection_stays_good()
    {
        RawGrpcClient.Answer broken = await client.SendAsync(PostSpans, RawGrpcClient.Frame(Request(Span(1, 2))[..^3]));
        Assert.Equal(InvalidArgument, broken.Status);
        Assert.Contains("at byte", broken.Message, StringComparison.Ordinal);

        Assert.Equal(0, (await client.SendAsync(PostSpans, RawGrpcClient.Frame(Request(Span(1, 2))))).Status);
        Assert.Equal((1, 1), (client.Connections, server.Counters().RequestsRefused));
    }

    [Fact]
    public async Task A_request_of_which_nothing_can_be_stored_is_an_error_and_one_of_which_something_can_is_not()
    {
        RawGrpcClient.Answer nothing = await client.SendAsync(PostSpans, RawGrpcClient.Frame(Request(Span(0, 2))));
        Assert.Equal(InvalidArgument, nothing.Status);
        Assert.Contains("trace id of zeros", nothing.Message, StringComparison.Ordinal);

        Assert.Equal(0, (await client.SendAsync(PostSpans, RawGrpcClient.Frame(Request(Span(0, 2), Span(1, 3))))).Status);
        Assert.Equal(0, (await client.SendAsync(PostSpans, RawGrpcClient.Frame([]))).Status);
    }

    [Fact]
    public async Task A_store_in_trouble_is_UNAVAILABLE()
    {
        await using TestServer other = await TestServer.StartAsync(new FakeStore { OnUse = () => throw new StoreUnavailableException("full") });
        using var otherClient = new RawGrpcClient(other, ListenerRole.JaegerGrpc);

        Assert.Equal(Unavailable, (await otherClient.SendAsync(PostSpans, RawGrpcClient.Frame(Request(Span(1, 2))))).Status);
    }

    [Fact]
    public async Task Health_is_told_and_OTLP_is_not_served_here()
    {
        byte[] name = Encoding.UTF8.GetBytes("jaeger.api_v2.CollectorService");
        RawGrpcClient.Answer health = await client.SendAsync("/grpc.health.v1.Health/Check", RawGrpcClient.Frame([0x0A, (byte)name.Length, .. name]));
        Assert.Equal([0, 0, 0, 0, 2, 0x08, 1], health.Body);

        Assert.Equal(Unimplemented, (await client.SendAsync(RawGrpcClient.Export, RawGrpcClient.Frame([]))).Status);
    }

    private static byte[] Request(params Span[] spans)
    {
        using var encoder = new JaegerProtobufEncoder();
        var batch = new ArrayBufferWriter<byte>();
        encoder.Write(batch, spans);
        var request = new ArrayBufferWriter<byte>();
        request.WriteMessage(1, batch.WrittenSpan);
        return request.WrittenSpan.ToArray();
    }
}
