using System.Net;
using System.Net.Sockets;
using System.Text;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Receivers;

/// <summary>gRPC on Zipkin's port, which speaks HTTP/1.1 and HTTP/2 without TLS.</summary>
public sealed class ZipkinGrpcTests : IAsyncLifetime
{
    private const string Report = "/zipkin.proto3.SpanService/Report";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MemoryStore store = new();
    private TestServer server = null!;
    private RawGrpcClient client = null!;

    public async Task InitializeAsync()
    {
        server = await TestServer.StartAsync(store);
        client = new RawGrpcClient(server, ListenerRole.Zipkin);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Reported_spans_are_stored_before_the_empty_answer()
    {
        RawGrpcClient.Answer answer = await client.SendAsync(Report, RawGrpcClient.Frame(Capture.Read("node-zipkin-proto3.bin")));

        Assert.Equal(0, answer.Status);
        Assert.Equal(new byte[5], answer.Body);
        await IngestAssert.StoredAsync(store, Capture.Spans("node-zipkin-proto3.bin", BatchFormat.ZipkinProto3));
    }

    [Fact]
    public async Task Compressed_and_empty_reports_are_taken()
    {
        Assert.Equal(0, (await client.SendAsync(Report, RawGrpcClient.Frame([]))).Status);
        Assert.Equal(0, (await client.SendAsync(Report, RawGrpcClient.Frame(HttpSend.Gzip(ZipkinBodies.OneSpanProto3), compressed: true), "gzip", pieceBytes: 3)).Status);
        Assert.Equal(1, store.GetStatistics().Spans);
    }

    [Fact]
    public async Task What_is_no_list_of_spans_gets_INVALID_ARGUMENT_and_the_connection_lives_on()
    {
        RawGrpcClient.Answer bad = await client.SendAsync(Report, RawGrpcClient.Frame("[]"u8.ToArray()));
        Assert.Equal(3, bad.Status);
        Assert.Contains("PROTO3", bad.Message, StringComparison.Ordinal);

        Assert.Equal(0, (await client.SendAsync(Report, RawGrpcClient.Frame(ZipkinBodies.OneSpanProto3))).Status);
        Assert.Equal(1, client.Connections);
    }

    [Fact]
    public async Task Everything_else_on_the_port_is_there_in_both_versions_of_HTTP()
    {
        foreach (Version version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var content = new ByteArrayContent(ZipkinBodies.OneSpanV2);
            using var post = new HttpRequestMessage(HttpMethod.Post, "/api/v2/spans") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
            using HttpResponseMessage posted = await server.Client(ListenerRole.Zipkin).SendAsync(post);
            Assert.Equal((HttpStatusCode.Accepted, version), (posted.StatusCode, posted.Version));

            using var get = new HttpRequestMessage(HttpMethod.Get, "/api/v2/trace/1") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using HttpResponseMessage got = await server.Client(ListenerRole.Zipkin).SendAsync(get);
            Assert.Equal((HttpStatusCode.OK, version), (got.StatusCode, got.Version));
        }
    }

    [Fact]
    public async Task A_call_over_HTTP_1_gets_505()
    {
        using HttpResponseMessage response = await server.PostAsync(ListenerRole.Zipkin, Report, RawGrpcClient.Frame([]), "application/grpc", null);

        Assert.Equal(HttpStatusCode.HttpVersionNotSupported, response.StatusCode);
    }

    [Fact]
    public async Task A_request_that_comes_byte_by_byte_is_understood()
    {
        using Socket socket = await ConnectAsync();
        foreach (byte b in "PUT /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray())
            await socket.SendAsync(new[] { b });
        byte[] answer = new byte[12];
        await new NetworkStream(socket).ReadExactlyAsync(answer);

        Assert.Equal("HTTP/1.1 404", Encoding.ASCII.GetString(answer));
    }

    [Fact]
    public async Task Connections_that_say_nothing_do_not_hold_up_the_end()
    {
        using Socket silent = await ConnectAsync();
        using Socket begun = await ConnectAsync();
        await begun.SendAsync("PR"u8.ToArray());
        // Both are known to the server when a later one has been answered.
        Assert.Equal(0, (await client.SendAsync(Report, RawGrpcClient.Frame([]))).Status);

        await server.StopAsync().WaitAsync(Patience);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.EndPoint(ListenerRole.Zipkin));
        return socket;
    }
}
