using System.Net;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Receivers;
using Clew.Server.Tests.Api.Jaeger.Grpc;
using Clew.Server.Tests.Receivers.Support;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger;

public sealed class JaegerArchiveTests
{
    private const string Archived = """{"data":[],"total":0,"limit":0,"offset":0,"errors":[]}""";

    [Theory]
    [InlineData("/api/archive/1")]
    [InlineData("grpc")]
    public async Task An_archived_trace_survives_retention_and_is_found_through_every_api(string way)
    {
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = 2 });
        await using ApiServer server = await ApiServer.StartAsync(store);
        using var grpc = new RawGrpcClient(new IPEndPoint(IPAddress.Loopback, server.Port(ListenerRole.QueryGrpc)));
        await AppendAsync(store, Span(1, 2), Span(1, 3, parent: 2, service: "stock"));

        if (way == "grpc")
            Assert.Equal([0, 0, 0, 0, 0], (await grpc.SendAsync("/jaeger.api_v2.QueryService/ArchiveTrace", RawGrpcClient.Frame(ById(1)))).Body);
        else
            Assert.Equal(Archived, (await PostAsync(server, way)).Body);
        await AppendAsync(store, Span(5, 6), Span(5, 7));

        Assert.Null(await store.GetTraceAsync(new TraceId(0, 1), default));
        foreach (string path in new[] { "/api/traces/1", "/api/traces?traceID=1", "/api/v3/traces/1", "/trace/1" })
            Assert.Contains("stock", (await server.Jaeger(path)).Body, StringComparison.Ordinal);
        Assert.Contains("stock", (await server.Zipkin("/api/v2/trace/1")).Body, StringComparison.Ordinal);
        foreach ((string service, byte[] request) in new[] { ("jaeger.api_v2", ById(1)), ("jaeger.api_v3", QueryPayload.Message(message => message.WriteString(1, "1"))) })
            Assert.Single(WireFields.Frames((await grpc.SendAsync($"/{service}.QueryService/GetTrace", RawGrpcClient.Frame(request))).Body));
        Assert.Equal((HttpStatusCode.OK, Archived), await PostAsync(server, "/api/archive/00000000000000000000000000000001"));
        Assert.Equal((HttpStatusCode.OK, Archived), await PostAsync(server, "/api/archive/AAAAAAAAAAE="));
    }

    [Theory]
    [InlineData("/api/archive/9", HttpStatusCode.NotFound, "trace not found")]
    [InlineData("/api/archive/xyz", HttpStatusCode.BadRequest, "strconv.ParseUint: parsing \\\"xyz\\\": invalid syntax")]
    public async Task What_is_not_there_cannot_be_archived(string path, HttpStatusCode status, string message)
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 2));

        Assert.Equal((status, $$"""{"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":{{(int)status}},"msg":"{{message}}"}]}""" + "\n"), await PostAsync(server, path));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Jaeger("/api/archive/1")).Status);
    }

    [Fact]
    public async Task A_full_archive_says_so()
    {
        await using var store = new MemoryStore();
        await AppendAsync(store, Span(1, 2).With(("text", new string('x', 2 << 20))));
        await using ApiServer server = await ApiServer.StartAsync(store, options => options with { Archive = new ArchiveOptions { BytesMax = 1 << 20 } });

        (HttpStatusCode status, string body) = await PostAsync(server, "/api/archive/1");

        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
        Assert.Contains("the archive is full", body, StringComparison.Ordinal);
    }

    private static byte[] ById(ulong low) => QueryPayload.Message(message => message.WriteMessage(1, QueryPayload.TraceIdBytes(new TraceId(0, low))));

    private static ValueTask AppendAsync(MemoryStore store, params Span[] spans) => store.AppendAsync(SpanWriter.WriteAll(spans, new SpanBatchBuilder()), default);

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(ApiServer server, string path)
    {
        using HttpResponseMessage response = await server.Client(ListenerRole.Query).PostAsync(new Uri(path, UriKind.Relative), null);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
