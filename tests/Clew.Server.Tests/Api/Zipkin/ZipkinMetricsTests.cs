using System.Net;
using System.Text.Json;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Api.Zipkin;

public sealed class ZipkinMetricsTests : IAsyncLifetime
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
    public async Task Spans_that_are_stored_count_by_transport()
    {
        byte[] body = """[{"traceId":"1","id":"1"},{"traceId":"1","id":"2"}]"""u8.ToArray();
        using HttpResponseMessage sent = await server.PostAsync(ListenerRole.Zipkin, "/api/v2/spans", HttpSend.Gzip(body), "application/json", "gzip");

        Assert.Equal(
            new() { ["messages"] = 1, ["messages_dropped"] = 0, ["bytes"] = body.Length, ["spans"] = 2, ["spans_dropped"] = 0 },
            await CountersAsync("http"));
        Assert.Equal(0, (await CountersAsync("grpc"))["messages"]);
        JsonElement json = JsonDocument.Parse(await GetAsync("/metrics")).RootElement;
        Assert.Equal((2, body.Length), (json.GetProperty("gauge.zipkin_collector.message_spans.http").GetInt32(), json.GetProperty("gauge.zipkin_collector.message_bytes.http").GetInt32()));
    }

    [Fact]
    public async Task A_malformed_message_is_dropped_and_a_malformed_question_is_not_one()
    {
        using HttpResponseMessage sent = await server.PostAsync(ListenerRole.Zipkin, "/api/v2/spans", "[oops"u8.ToArray(), "application/json");
        using HttpResponseMessage asked = await server.Client(ListenerRole.Zipkin).GetAsync("/api/v2/trace/zz");
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);

        Dictionary<string, long> counters = await CountersAsync("http");
        Assert.Equal((1, 1, 0), (counters["messages"], counters["messages_dropped"], counters["spans"]));
    }

    [Theory]
    [InlineData("/prometheus")]
    [InlineData("/actuator/prometheus")]
    public async Task Prometheus_reads_the_same_under_zipkin_s_names_beside_clew_s_own(string path)
    {
        using HttpResponseMessage sent = await server.PostAsync(ListenerRole.Zipkin, "/api/v2/spans", """[{"traceId":"1","id":"1"}]"""u8.ToArray(), "application/json");
        using (await server.Client(ListenerRole.Zipkin).GetAsync("/zipkin/api/v2/trace/1"))
        using (await server.Client(ListenerRole.Zipkin).GetAsync("/api/v2/trace/2"))
        using (await server.Client(ListenerRole.Zipkin).GetAsync("/nowhere"))
        {
        }

        using HttpResponseMessage answer = await server.Client(ListenerRole.Zipkin).GetAsync(path);
        Assert.StartsWith("text/plain; version=0.0.4", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        string text = await answer.Content.ReadAsStringAsync();
        foreach (string line in (string[])
        [
            "# TYPE zipkin_collector_messages_total counter", "zipkin_collector_messages_total{transport=\"http\"} 1", "zipkin_collector_messages_dropped_total{transport=\"http\"} 0",
            "zipkin_collector_spans_total{transport=\"http\"} 1", "zipkin_collector_spans_dropped_total{transport=\"grpc\"} 0", "zipkin_collector_bytes_total{transport=\"http\"} 26",
            "# TYPE zipkin_collector_message_spans gauge", "zipkin_collector_message_spans{transport=\"http\"} 1", "zipkin_collector_message_bytes{transport=\"http\"} 26",
            "http_server_requests_seconds_count{method=\"POST\",status=\"202\",uri=\"/api/v2/spans\"} 1",
            // The mirror is not counted apart.
            "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/api/v2/trace/{traceId}\"} 1", "http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"/api/v2/trace/{traceId}\"} 1",
            "http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"NOT_FOUND\"} 1",
            "clew_ingest_spans_stored_total{receiver=\"zipkin\"} 1",
        ])
        {
            Assert.Contains(line, text.Split('\n'));
        }
    }

    [Fact]
    public async Task Grpc_counts_as_its_own_transport()
    {
        using var grpc = new RawGrpcClient(server, ListenerRole.Zipkin);
        RawGrpcClient.Answer answer = await grpc.SendAsync("/zipkin.proto3.SpanService/Report", RawGrpcClient.Frame(ZipkinBodies.OneSpanProto3));
        Assert.Equal(0, answer.Status);
        Assert.Equal((1, 1), ((await CountersAsync("grpc"))["messages"], (await CountersAsync("grpc"))["spans"]));
        Assert.Equal(0, (await CountersAsync("http"))["messages"]);
    }

    [Theory]
    [InlineData("/api/v2/spans")]
    [InlineData("/nowhere")]
    [InlineData("/health")]
    public async Task Trace_is_refused_everywhere(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Trace, path);
        using HttpResponseMessage answer = await server.Client(ListenerRole.Zipkin).SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData("/", "/zipkin/")]
    [InlineData("/zipkin", "/zipkin/")]
    [InlineData("/zipkin/traces/000000000000002a", "http://127.0.0.1:{query}/trace/000000000000002a")]
    [InlineData("/zipkin/?serviceName=cart&lookback=900000", "http://127.0.0.1:{query}/search?serviceName=cart&lookback=900000")]
    public async Task Addresses_of_zipkin_s_page_lead_to_the_pages(string path, string location)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using HttpResponseMessage answer = await http.GetAsync(new Uri(server.Client(ListenerRole.Zipkin).BaseAddress!, path));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(location.Replace("{query}", server.EndPoint(ListenerRole.Query).Port.ToString(), StringComparison.Ordinal), answer.Headers.Location!.OriginalString);
    }

    private async Task<Dictionary<string, long>> CountersAsync(string transport)
    {
        JsonElement json = JsonDocument.Parse(await GetAsync("/metrics")).RootElement;
        return ((string[])["messages", "messages_dropped", "bytes", "spans", "spans_dropped"]).ToDictionary(
            static name => name, name => json.GetProperty($"counter.zipkin_collector.{name}.{transport}").GetInt64());
    }

    private Task<string> GetAsync(string path) => server.Client(ListenerRole.Zipkin).GetStringAsync(path);
}
