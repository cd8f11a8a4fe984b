using System.Net;
using System.Text.Json;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Operations;

public sealed class OperationsEndpointTests
{
    [Fact]
    public async Task A_server_with_an_answering_store_is_live_and_ready()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeStore());
        Assert.Equal((HttpStatusCode.OK, """{"status":"live","reasons":[]}"""), await Get(server, "/health/live"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"ready","reasons":[]}"""), await Get(server, "/health/ready"));
    }

    [Fact]
    public async Task A_store_that_is_unavailable_makes_the_server_live_but_not_ready()
    {
        var store = new FakeStore { OnUse = () => throw new StoreUnavailableException("disk full") };
        await using TestServer server = await TestServer.StartAsync(store);
        Assert.Equal(HttpStatusCode.OK, (await Get(server, "/health/live")).Status);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"not ready","reasons":["the store is unavailable: disk full"]}"""),
            await Get(server, "/health/ready"));
    }

    [Fact]
    public async Task A_store_that_hangs_makes_the_server_not_ready_in_time()
    {
        var release = new TaskCompletionSource();
        await using TestServer server = await TestServer.StartAsync(new FakeStore { OnUse = () => release.Task });
        (HttpStatusCode status, string body) = await Get(server, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("does not answer within 2 s", body, StringComparison.Ordinal);
        release.SetResult();
    }

    [Fact]
    public async Task Metrics_show_the_store_the_process_and_requests_by_listener()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeStore { Statistics = new(12, 3, 4096, 5) });
        (await server.Client(ListenerRole.Zipkin).GetAsync(new Uri("/nothing", UriKind.Relative))).Dispose();
        using HttpResponseMessage response = await server.Client(ListenerRole.Query).GetAsync(new Uri("/metrics", UriKind.Relative));
        string text = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("\nclew_store_spans 12\n", text, StringComparison.Ordinal);
        Assert.Contains("\nclew_store_evicted_spans_total 5\n", text, StringComparison.Ordinal);
        Assert.Contains("\nprocess_cpu_seconds_total ", text, StringComparison.Ordinal);
        Assert.Contains("\nclew_http_request_duration_seconds_count{listener=\"zipkin\",status=\"4xx\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_and_metrics_are_on_the_query_listener_only()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeStore());
        foreach (ListenerRole role in new[] { ListenerRole.OtlpHttp, ListenerRole.JaegerHttp })
        {
            using HttpResponseMessage response = await server.Client(role).GetAsync(new Uri("/metrics", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> Get(TestServer server, string path)
    {
        using HttpResponseMessage response = await server.Client(ListenerRole.Query).GetAsync(new Uri(path, UriKind.Relative));
        string body = await response.Content.ReadAsStringAsync();
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(body).RootElement.ValueKind);
        return (response.StatusCode, body);
    }
}
