using System.IO.Compression;
using System.Net;
using System.Text;
using Clew.Model;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Receivers;

public sealed class OtlpGrpcTests : IAsyncLifetime
{
    private const int InvalidArgument = 3;
    private const int NotFound = 5;
    private const int ResourceExhausted = 8;
    private const int Unimplemented = 12;
    private const int Internal = 13;
    private const int Unavailable = 14;

    private static readonly byte[] OneSpan = OtlpPayload.Protobuf((1, 2));

    private readonly MemoryStore store = new();
    private TestServer server = null!;
    private RawGrpcClient client = null!;

    public async Task InitializeAsync()
    {
        server = await TestServer.StartAsync(store, options => options with
        {
            Limits = options.Limits with { RequestBytesMax = 1 << 20, RequestBytesDecompressedMax = 2 << 20 },
        });
        client = new RawGrpcClient(server);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_good_call_is_answered_with_an_empty_message_and_status_0_in_trailers()
    {
        RawGrpcClient.Answer answer = await client.ExportAsync(OneSpan);

        Assert.Equal((HttpStatusCode.OK, 0), (answer.HttpStatus, answer.Status));
        Assert.Equal([0, 0, 0, 0, 0], answer.Body);
        Assert.Equal("identity,gzip", answer.AcceptEncoding);
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
    }

    [Fact]
    public async Task A_message_may_come_in_many_DATA_frames()
    {
        RawGrpcClient.Answer answer = await client.SendAsync(RawGrpcClient.Export, RawGrpcClient.Frame(OneSpan), pieceBytes: 3);

        Assert.Equal(0, answer.Status);
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
    }

    [Fact]
    public async Task Rejected_spans_are_told_as_partial_success()
    {
        RawGrpcClient.Answer answer = await client.ExportAsync(OtlpPayload.Protobuf((1, 2), (0, 3), (4, 0)));

        Assert.Equal(0, answer.Status);
        // ExportTraceServiceResponse.partial_success (1) with rejected_spans (1) and error_message (2).
        byte[] text = Encoding.UTF8.GetBytes("rejected 1 span with a trace id of zeros only, 1 span with a span id of zeros only");
        Assert.Equal([0x0A, (byte)(text.Length + 4), 0x08, 2, 0x12, (byte)text.Length, .. text], answer.Body[5..]);
        Assert.Equal(1, store.GetStatistics().Spans);
        Assert.Equal(2, server.Counters().SpansRefused);
    }

    [Fact]
    public async Task Services_that_are_not_there_are_UNIMPLEMENTED_and_the_connection_stays_good()
    {
        foreach (string path in new[]
        {
            "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
            "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
            "/grpc.health.v1.Health/Watch",
        })
        {
            RawGrpcClient.Answer refused = await client.SendAsync(path, RawGrpcClient.Frame(new byte[100]));
            Assert.Equal((HttpStatusCode.OK, Unimplemented), (refused.HttpStatus, refused.Status));
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await client.ExportAsync(OneSpan)).Status);
        Assert.Equal(1, client.Connections);
    }

    [Fact]
    public async Task Wrong_framing_is_refused_and_later_calls_on_the_connection_succeed()
    {
        byte[] frame = RawGrpcClient.Frame(OneSpan);
        byte[] twoMessages = [.. frame, .. frame];
        byte[] strangeFlag = [7, .. frame[1..]];
        foreach ((byte[] body, int status, string text) in new[]
        {
            (Array.Empty<byte>(), Unimplemented, "exactly one message, this one none"),
            (frame[..3], Internal, "within the message header"),
            (frame[..^4], Internal, "ends 4 bytes before its message does"),
            (strangeFlag, Internal, "compressed flag is 7"),
            (RawGrpcClient.Frame(OneSpan, compressed: true), Internal, "grpc-encoding names no compression"),
            (twoMessages, Unimplemented, "exactly one message, this one more than one"),
        })
        {
            RawGrpcClient.Answer answer = await client.SendAsync(RawGrpcClient.Export, body);
            Assert.Equal(status, answer.Status);
            Assert.Contains(text, answer.Message, StringComparison.Ordinal);
            Assert.Empty(answer.Body);
        }
        Assert.Equal(0, store.GetStatistics().Spans);

        Assert.Equal(0, (await client.ExportAsync(OneSpan)).Status);
        Assert.Equal(1, client.Connections);
    }

    [Fact]
    public async Task Messages_over_the_limits_are_RESOURCE_EXHAUSTED_and_not_to_be_repeated()
    {
        byte[] huge = [0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        byte[] bomb = RawGrpcClient.Frame(Gzip(new byte[(2 << 20) + 1]), compressed: true);
        foreach ((byte[] body, string? encoding) in new[] { (RawGrpcClient.Frame(new byte[(1 << 20) + 1]), null), (huge, null), (bomb, "gzip") })
        {
            RawGrpcClient.Answer answer = await client.SendAsync(RawGrpcClient.Export, body, encoding);
            Assert.Equal(ResourceExhausted, answer.Status);
            Assert.Null(answer.Details);
        }
        Assert.Equal(0, (await client.ExportAsync(OneSpan)).Status);
    }

    [Fact]
    public async Task A_message_of_exactly_the_limit_is_read()
    {
        RawGrpcClient.Answer answer = await client.ExportAsync(new byte[1 << 20]);

        // Not OTLP, so refused by the decoder, not by the limit.
        Assert.Equal(InvalidArgument, answer.Status);
    }

    [Fact]
    public async Task Bytes_that_are_not_OTLP_are_INVALID_ARGUMENT_with_the_place()
    {
        foreach (byte[] message in new[] { OneSpan[..^5], "certainly not protobuf"u8.ToArray(), OtlpPayload.DeepProtobuf(5000) })
        {
            RawGrpcClient.Answer answer = await client.ExportAsync(message);
            Assert.Equal(InvalidArgument, answer.Status);
            Assert.Contains("at byte", answer.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, (await client.ExportAsync(OneSpan)).Status);
        Assert.Equal(1, store.GetStatistics().Spans);
    }

    [Fact]
    public async Task An_unknown_compression_is_UNIMPLEMENTED_and_the_known_ones_are_named()
    {
        RawGrpcClient.Answer answer = await client.SendAsync(RawGrpcClient.Export, RawGrpcClient.Frame(OneSpan, compressed: true), "zstd");

        Assert.Equal((Unimplemented, "identity,gzip"), (answer.Status, answer.AcceptEncoding));
    }

    [Fact]
    public async Task A_message_sent_plain_under_a_named_compression_is_taken()
    {
        Assert.Equal(0, (await client.SendAsync(RawGrpcClient.Export, RawGrpcClient.Frame(OneSpan), "gzip")).Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc+json")]
    public async Task A_request_that_is_not_gRPC_gets_415(string contentType)
    {
        RawGrpcClient.Answer answer = await client.SendAsync(RawGrpcClient.Export, OneSpan, contentType: contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.HttpStatus);
    }

    [Fact]
    public async Task A_store_in_trouble_is_UNAVAILABLE_with_a_time_to_come_back()
    {
        var broken = new FakeStore { OnUse = () => throw new StoreUnavailableException("the disk is full – 100 %") };
        await using TestServer other = await TestServer.StartAsync(broken);
        using var otherClient = new RawGrpcClient(other);

        RawGrpcClient.Answer answer = await otherClient.ExportAsync(OneSpan);

        Assert.Equal(Unavailable, answer.Status);
        Assert.Equal("the disk is full %E2%80%93 100 %25", answer.Message);
        Assert.NotNull(answer.Details);
        Assert.Equal((1, 1), (other.Counters().SpansRefused, other.Counters().RequestsRefused));
    }

    [Fact]
    public async Task A_fault_of_ours_is_INTERNAL_and_tells_nothing_of_the_inside()
    {
        await using TestServer other = await TestServer.StartAsync(new FakeStore { OnUse = () => throw new InvalidOperationException("secret") });
        using var otherClient = new RawGrpcClient(other);

        RawGrpcClient.Answer answer = await otherClient.ExportAsync(OneSpan);

        Assert.Equal(Internal, answer.Status);
        Assert.DoesNotContain("secret", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_SERVING_for_the_server_and_its_service_and_NOT_FOUND_for_others()
    {
        const string Check = "/grpc.health.v1.Health/Check";
        byte[] serving = [0, 0, 0, 0, 2, 0x08, 1];
        Assert.Equal(serving, (await client.SendAsync(Check, RawGrpcClient.Frame([]))).Body);
        Assert.Equal(serving, (await client.SendAsync(Check, RawGrpcClient.Frame(Request("opentelemetry.proto.collector.trace.v1.TraceService")))).Body);
        Assert.Equal(NotFound, (await client.SendAsync(Check, RawGrpcClient.Frame(Request("other")))).Status);
        Assert.Equal(InvalidArgument, (await client.SendAsync(Check, RawGrpcClient.Frame([0xFF, 0xFF]))).Status);

        static byte[] Request(string service) => [0x0A, (byte)service.Length, .. Encoding.UTF8.GetBytes(service)];
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
            stream.Write(bytes);
        return packed.ToArray();
    }
}
