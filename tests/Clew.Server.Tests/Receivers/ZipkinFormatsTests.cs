using System.Net;
using System.Text;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Receivers;

/// <summary>Every encoding is taken on both paths, whatever the content type says; what is none of them is refused by the name of what was announced.</summary>
public sealed class ZipkinFormatsTests : IAsyncLifetime
{
    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public static TheoryData<string, string, string?> Everything
    {
        get
        {
            var all = new TheoryData<string, string, string?>();
            foreach (string format in (string[])["v2", "v1", "proto3", "thrift"])
            {
                foreach (string path in (string[])["/api/v2/spans", "/api/v1/spans"])
                {
                    foreach (string? type in (string?[])["application/json", "application/x-protobuf", "application/x-thrift", "text/plain", null])
                        all.Add(format, path, type);
                }
            }
            return all;
        }
    }

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store);

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_span_is_stored_by_what_its_body_is(string format, string path, string? contentType)
    {
        using HttpResponseMessage response = await server.PostAsync(ListenerRole.Zipkin, path, ZipkinBodies.OneSpan(format), contentType, null);

        Assert.Equal((HttpStatusCode.Accepted, 0), (response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length));
        await AssertStoredAsync();
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("proto3")]
    [InlineData("thrift")]
    public async Task Compressed_bodies_are_looked_at_once_unfolded(string format)
    {
        using HttpResponseMessage response = await server.PostAsync(
            ListenerRole.Zipkin, "/api/v2/spans", HttpSend.Gzip(ZipkinBodies.OneSpan(format)), "application/json", "gzip");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await AssertStoredAsync();
    }

    [Theory]
    [InlineData("/api/v2/spans", "application/json", "JSON_V2")]
    [InlineData("/api/v2/spans", "application/x-protobuf", "PROTO3")]
    [InlineData("/api/v1/spans", null, "JSON_V1")]
    [InlineData("/api/v1/spans", "application/x-thrift", "THRIFT")]
    public async Task What_is_no_list_of_spans_gets_400_with_the_name_of_what_was_expected(string path, string? contentType, string name)
    {
        using HttpResponseMessage response = await server.PostAsync(ListenerRole.Zipkin, path, "hello"u8.ToArray(), contentType, null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal($"Expected a {name} encoded list at byte 0\n", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("[{\"traceId\":\"1\",\"id\":\"2\",\"tags\":{}},{\"traceId\":\"1\",\"id\":\"2\",\"binaryAnnotations\":[]}]", "Expected a JSON_V2 encoded list, but received: JSON_V1")]
    [InlineData("[{\"traceId\":\"1\",\"id\":\"2\",\"binaryAnnotations\":[]},{\"traceId\":\"1\",\"id\":\"2\",\"tags\":{}}]", "Expected a JSON_V1 encoded list, but received: JSON_V2")]
    public async Task A_list_of_both_versions_is_refused(string body, string text)
    {
        using HttpResponseMessage response = await server.PostAsync(ListenerRole.Zipkin, "/api/v2/spans", Encoding.UTF8.GetBytes(body), null, null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(text, await response.Content.ReadAsStringAsync());
        Assert.Equal(0, store.GetStatistics().Spans);
    }

    [Fact]
    public async Task One_span_of_both_sides_of_a_call_is_stored_as_two()
    {
        using HttpResponseMessage response = await server.PostAsync(ListenerRole.Zipkin, "/api/v1/spans", """
            [{"traceId":"1","id":"2","name":"get","timestamp":100,"duration":90,"annotations":[
              {"timestamp":100,"value":"cs","endpoint":{"serviceName":"web"}},{"timestamp":120,"value":"sr","endpoint":{"serviceName":"cart"}},
              {"timestamp":150,"value":"ss","endpoint":{"serviceName":"cart"}},{"timestamp":190,"value":"cr","endpoint":{"serviceName":"web"}}]}]
            """u8.ToArray(), "application/json", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Trace? trace = await store.GetTraceAsync(new TraceId(0, 1), default);
        Assert.Equal(["Client web", "Server cart"], trace!.Spans.Select(static span => $"{span.Kind} {span.ServiceName}").Order(StringComparer.Ordinal));
    }

    private async Task AssertStoredAsync()
    {
        Span span = Assert.Single((await store.GetTraceAsync(new TraceId(0, 1), default))!.Spans);
        Assert.Equal((new SpanId(2), "get"), (span.SpanId, span.Name));
    }
}
