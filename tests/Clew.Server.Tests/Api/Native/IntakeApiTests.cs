using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Server.Tests.Web;
using Clew.Storage;
using Clew.TestKit;

namespace Clew.Server.Tests.Api.Native;

/// <summary>What the intake API and page tell of real traffic.</summary>
public sealed class IntakeApiTests : IAsyncLifetime
{
    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store);

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Before_anything_arrives_every_receiver_that_is_on_is_named_with_its_address()
    {
        JsonElement report = await ReportAsync();
        Assert.Equal(JsonValueKind.Null, report.GetProperty("lastSpansAt").ValueKind);
        Assert.Empty(report.GetProperty("flows").EnumerateArray());
        Assert.Equal(
            ["otlp-grpc", "otlp-http", "zipkin", "zipkin-grpc", "jaeger-grpc", "jaeger-http", "jaeger-udp-compact", "jaeger-udp-binary"],
            report.GetProperty("receivers").EnumerateArray().Select(receiver => receiver.GetProperty("receiver").GetString()));
        Assert.Equal(server.EndPoint(ListenerRole.OtlpHttp).ToString(), Receiver(report, "otlp-http").GetProperty("endpoints")[0].GetString());
        Assert.Equal(2, Receiver(report, "jaeger-udp-compact").GetProperty("endpoints").GetArrayLength());
    }

    [Fact]
    public async Task Spans_are_counted_by_receiver_client_and_service()
    {
        using (HttpResponseMessage sent = await server.PostOtlpAsync(Capture.Read("node-otlp-http-json.bin"), "application/json"))
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);

        JsonElement report = await ReportAsync();
        JsonElement receiver = Receiver(report, "otlp-http");
        Assert.Equal((1, 0), (receiver.GetProperty("requests").GetInt32(), receiver.GetProperty("requestsRefused").GetInt32()));
        Assert.Equal(store.GetStatistics().Spans, receiver.GetProperty("spansStored").GetInt64());
        Assert.NotEqual(JsonValueKind.Null, receiver.GetProperty("lastSpansAt").ValueKind);
        Assert.All(report.GetProperty("flows").EnumerateArray(), flow => Assert.Equal("opentelemetry", flow.GetProperty("client").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_was_refused_is_shown_with_its_reason_sender_and_first_bytes()
    {
        byte[] bad = "{\"resourceSpans\":[oops"u8.ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = new ByteArrayContent(HttpSend.Gzip(bad)) };
        request.Headers.TryAddWithoutValidation("User-Agent", "<b>exporter</b>/1");
        request.Content.Headers.Add("Content-Type", "application/json");
        request.Content.Headers.Add("Content-Encoding", "gzip");
        using HttpResponseMessage answer = await server.Client(ListenerRole.OtlpHttp).SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using HttpResponseMessage mislabelled = await server.PostOtlpAsync([1], "text/plain");

        JsonElement[] refused = [.. Receiver(await ReportAsync(), "otlp-http").GetProperty("refused").EnumerateArray()];
        Assert.Equal(["media-type", "malformed"], refused.Select(count => count.GetProperty("reason").GetString()));
        JsonElement last = refused[1].GetProperty("last");
        Assert.Equal("<b>exporter</b>/1", last.GetProperty("userAgent").GetString());
        Assert.Equal((bad.Length, Convert.ToHexStringLower(bad)), (last.GetProperty("payloadBytes").GetInt32(), last.GetProperty("firstBytesHex").GetString()));
        Assert.Equal(Encoding.ASCII.GetString(bad), last.GetProperty("firstBytesText").GetString());
        Assert.Equal("", refused[0].GetProperty("last").GetProperty("firstBytesHex").GetString());

        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        IHtmlDocument page = await pages.GetAsync("/intake");
        IElement article = page.QuerySelector("#refused-otlp-http")!;
        Assert.Contains("{\"resourceSpans\"", article.QuerySelector(".hex")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>exporter</b>/1", article.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 requests refused", page.QuerySelector(".sub")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_calls_and_datagrams_are_remembered_too()
    {
        using var grpc = new RawGrpcClient(server);
        await grpc.ExportAsync([0xff, 0xff]);
        using var udp = new System.Net.Sockets.UdpClient();
        await udp.SendAsync("not thrift"u8.ToArray(), server.EndPoint(ListenerRole.JaegerBinary));
        JsonElement report = default;
        await Eventually.True(
            async () => Receiver(report = await ReportAsync(), "jaeger-udp-binary").GetProperty("refused").GetArrayLength() > 0, TimeSpan.FromSeconds(30), () => "the datagram was not counted");
        Assert.Equal("ffff", Receiver(report, "otlp-grpc").GetProperty("refused")[0].GetProperty("last").GetProperty("firstBytesHex").GetString());
        Assert.Equal("not thrift", Receiver(report, "jaeger-udp-binary").GetProperty("refused")[0].GetProperty("last").GetProperty("firstBytesText").GetString());
    }

    [Fact]
    public async Task Single_spans_that_cannot_be_stored_are_counted_apart()
    {
        using HttpResponseMessage sent = await server.PostOtlpAsync(
            """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000001","spanId":"0000000000000000"},{"traceId":"00000000000000000000000000000001","spanId":"0000000000000001"}]}]}]}"""u8.ToArray(),
            "application/json");
        JsonElement receiver = Receiver(await ReportAsync(), "otlp-http");
        Assert.Equal((1, 1, 0), (receiver.GetProperty("spansStored").GetInt32(), receiver.GetProperty("spansRefused").GetInt32(), receiver.GetProperty("requestsRefused").GetInt32()));
        Assert.Equal("zero-span-id", receiver.GetProperty("refused")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_parameter_is_a_mistake()
    {
        using HttpResponseMessage answer = await server.Client(ListenerRole.Query).GetAsync("/api/clew/intake?service=cart");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?lang=zh")]
    public async Task The_page_keeps_the_rules_of_pages_empty_and_full(string query)
    {
        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        IHtmlDocument empty = await pages.GetAsync("/intake" + query);
        Assert.Contains(server.EndPoint(ListenerRole.Zipkin).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), empty.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(empty.QuerySelector(".notice a"));

        using (await server.PostAsync(ListenerRole.JaegerHttp, "/api/traces", Capture.Read("node-jaeger-http-1.bin"), "application/x-thrift"))
        {
        }
        IHtmlDocument full = await pages.GetAsync("/intake" + query);
        Assert.Null(full.QuerySelector(".notice"));
        Assert.Contains("jaeger", full.QuerySelectorAll("table")[1].TextContent, StringComparison.Ordinal);
    }

    private async Task<JsonElement> ReportAsync()
    {
        using HttpResponseMessage answer = await server.Client(ListenerRole.Query).GetAsync("/api/clew/intake");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static JsonElement Receiver(JsonElement report, string name) =>
        report.GetProperty("receivers").EnumerateArray().Single(receiver => receiver.GetProperty("receiver").GetString() == name);
}
