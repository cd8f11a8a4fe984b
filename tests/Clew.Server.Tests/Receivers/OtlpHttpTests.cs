using System.Net;
using System.Text;
using System.Text.Json;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Pipeline;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Receivers;

public sealed class OtlpHttpTests : IAsyncLifetime
{
    private const int BytesMax = 1 << 20;
    private const int PayloadBytesMax = 2 << 20;

    private static readonly byte[] OneSpan = OtlpPayload.Protobuf((1, 2));

    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store, options => options with
    {
        Limits = options.Limits with { RequestBytesMax = BytesMax, RequestBytesDecompressedMax = PayloadBytesMax },
    });

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Protobuf_is_answered_with_200_and_an_empty_message()
    {
        using HttpResponseMessage response = await server.PostOtlpAsync(OneSpan);

        Assert.Equal((HttpStatusCode.OK, "application/x-protobuf"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
    }

    [Fact]
    public async Task JSON_is_answered_with_200_and_an_empty_object()
    {
        using HttpResponseMessage response = await server.PostOtlpAsync(OtlpPayload.Json((1, 2)), "application/json; charset=utf-8");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
    }

    [Fact]
    public async Task An_empty_protobuf_body_is_a_request_without_spans()
    {
        using HttpResponseMessage response = await server.PostOtlpAsync([]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Rejected_spans_are_told_as_partial_success_in_both_encodings()
    {
        using HttpResponseMessage json = await server.PostOtlpAsync(OtlpPayload.Json((1, 2), (3, 0), (4, 0)), "application/json");
        Assert.Equal(
            """{"partialSuccess":{"rejectedSpans":"2","errorMessage":"rejected 2 spans with a span id of zeros only"}}""",
            await json.Content.ReadAsStringAsync());

        using HttpResponseMessage protobuf = await server.PostOtlpAsync(OtlpPayload.Protobuf((5, 6), (0, 7)));
        byte[] text = Encoding.UTF8.GetBytes("rejected 1 span with a trace id of zeros only");
        Assert.Equal(HttpStatusCode.OK, protobuf.StatusCode);
        Assert.Equal([0x0A, (byte)(text.Length + 4), 0x08, 1, 0x12, (byte)text.Length, .. text], await protobuf.Content.ReadAsByteArrayAsync());
        Assert.Equal(2, store.GetStatistics().Spans);
        IngestSnapshot counters = server.Counters();
        Assert.Equal((2, 3, 0), (counters.SpansStored, counters.SpansRefused, counters.RequestsRefused));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("not a media type")]
    [InlineData(null)]
    public async Task Other_content_types_get_415_and_are_told_which_are_taken(string? contentType)
    {
        using HttpResponseMessage response = await server.PostAsync(ListenerRole.OtlpHttp, "/v1/traces", OneSpan, contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        string text = await response.Content.ReadAsStringAsync();
        Assert.Contains("application/x-protobuf", text, StringComparison.Ordinal);
        Assert.Contains("application/json", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_content_encodings_get_415_and_are_told_which_are_taken()
    {
        using HttpResponseMessage response = await server.PostOtlpAsync(OtlpPayload.Json((1, 2)), "application/json", "br");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal((12, "Content-Encoding 'br' is not supported; send gzip, deflate or identity"), JsonStatus(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Bytes_that_make_no_sense_get_400_with_a_status_in_the_encoding_of_the_request()
    {
        foreach (byte[] body in new[] { OneSpan[..^5], "certainly not protobuf"u8.ToArray(), OtlpPayload.DeepProtobuf(5000) })
        {
            using HttpResponseMessage response = await server.PostOtlpAsync(body);
            Assert.Equal((HttpStatusCode.BadRequest, "application/x-protobuf"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
            byte[] status = await response.Content.ReadAsByteArrayAsync();
            // google.rpc.Status: code (1) INVALID_ARGUMENT, message (2).
            Assert.Equal([0x08, 3, 0x12], status[..3]);
            Assert.Contains("at byte", Encoding.UTF8.GetString(status), StringComparison.Ordinal);
        }

        string nested = new string('[', 100_000) + new string(']', 100_000);
        foreach (string body in new[] { "", "{", "[]", """{"resourceSpans":7}""", nested, $$"""{"unknown":{{nested}}}""" })
        {
            using HttpResponseMessage response = await server.PostOtlpAsync(Encoding.UTF8.GetBytes(body), "application/json");
            Assert.Equal((HttpStatusCode.BadRequest, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
            (int code, string message) = JsonStatus(await response.Content.ReadAsStringAsync());
            Assert.Equal(3, code);
            Assert.NotEmpty(message);
        }
    }

    [Fact]
    public async Task Corrupt_gzip_gets_400()
    {
        byte[] packed = HttpSend.Gzip(OneSpan);
        packed[12] ^= 0xFF;
        foreach (byte[] body in new[] { OneSpan, packed, HttpSend.Gzip(OneSpan)[..^9] })
        {
            using HttpResponseMessage response = await server.PostOtlpAsync(body, encoding: "gzip");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_gets_413_and_one_of_exactly_the_limit_is_read()
    {
        using HttpResponseMessage over = await server.PostOtlpAsync(new byte[BytesMax + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, over.StatusCode);
        Assert.Contains("larger than the allowed 1048576 bytes", await over.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // Not OTLP, so it is the decoder that refuses it.
        using HttpResponseMessage exact = await server.PostOtlpAsync(new byte[BytesMax]);
        Assert.Equal(HttpStatusCode.BadRequest, exact.StatusCode);
    }

    [Fact]
    public async Task A_gzip_bomb_gets_413_and_takes_no_more_memory_than_the_limit()
    {
        byte[] bomb = HttpSend.Bomb(900L << 20);
        Assert.True(bomb.Length < BytesMax);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        for (int i = 0; i < 5; i++)
        {
            using HttpResponseMessage response = await server.PostOtlpAsync(bomb, encoding: "gzip");
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            Assert.Contains("unfolds to more than the allowed 2097152 bytes", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // Doubling up to 2 MiB takes twice that the first time; then the pool has the arrays. What else is allocated meanwhile is other tests'; unfolded the five would be 4.5 GB.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 512 << 20);
    }

    [Fact]
    public async Task More_spans_than_one_request_may_carry_get_413_with_the_limit_named()
    {
        await using TestServer other = await TestServer.StartAsync(store, options => options with
        {
            Limits = options.Limits with { Batch = options.Limits.Batch with { SpansMax = 2 } },
        });

        using HttpResponseMessage response = await other.PostOtlpAsync(OtlpPayload.Protobuf((1, 1), (1, 2), (1, 3)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("SpansMax = 2", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, store.GetStatistics().Spans);
    }

    [Fact]
    public async Task Refused_requests_harm_neither_what_was_stored_nor_what_comes_next()
    {
        (await server.PostOtlpAsync(OneSpan)).Dispose();
        foreach (byte[] bad in new[] { OneSpan[..^1], new byte[BytesMax + 1], [0xFF] })
            (await server.PostOtlpAsync(bad)).Dispose();
        (await server.PostOtlpAsync(OtlpPayload.Protobuf((3, 4)))).Dispose();

        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 3), default));
        Assert.Equal((2, 3), (server.Counters().SpansStored, server.Counters().RequestsRefused));
    }

    [Fact]
    public async Task Other_methods_and_signals_are_told_what_is_taken_here()
    {
        HttpClient client = server.Client(ListenerRole.OtlpHttp);

        using HttpResponseMessage get = await client.GetAsync(new Uri("/v1/traces", UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(["POST"], get.Content.Headers.Allow);

        using HttpResponseMessage metrics = await server.PostAsync(ListenerRole.OtlpHttp, "/v1/metrics", [], "application/x-protobuf");
        Assert.Equal(HttpStatusCode.NotFound, metrics.StatusCode);
        Assert.Contains("traces only, no metrics", await metrics.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Contains("POST /v1/traces", await client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_in_trouble_gets_503_with_a_time_to_come_back()
    {
        await using TestServer other = await TestServer.StartAsync(new FakeStore { OnUse = () => throw new StoreUnavailableException("the disk is full") });

        using HttpResponseMessage response = await other.PostOtlpAsync(OtlpPayload.Json((1, 2)), "application/json");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (response.StatusCode, response.RetryAfter()));
        Assert.Equal((14, "the disk is full"), JsonStatus(await response.Content.ReadAsStringAsync()));
    }

    private static (int Code, string Message) JsonStatus(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return (document.RootElement.GetProperty("code").GetInt32(), document.RootElement.GetProperty("message").GetString()!);
    }
}
