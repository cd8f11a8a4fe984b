using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Clew.Server.Hosting;
using Clew.Storage;
using static Clew.Server.Tests.Api.Answer;

namespace Clew.Server.Tests.Api;

/// <summary>Spans received in one format and asked for through another.</summary>
public sealed class CrossFormatTests
{
    [Fact]
    public async Task A_call_reported_to_zipkin_by_both_sides_looks_right_through_jaegers_api()
    {
        await using ApiServer server = await ApiServer.StartAsync(new MemoryStore());
        await PostAsync(server, ListenerRole.Zipkin, "/api/v2/spans", OneLine("""
            [{"traceId":"a1","id":"b1","kind":"CLIENT","name":"get","timestamp":1795000000000000,"duration":300,"localEndpoint":{"serviceName":"web","ipv4":"10.0.0.1"},
            "tags":{"http.path":"/x"},"annotations":[{"timestamp":1795000000000100,"value":"ws"}]},
            {"traceId":"a1","id":"b1","kind":"SERVER","name":"get","timestamp":1795000000000050,"duration":200,"localEndpoint":{"serviceName":"cart"},"shared":true}]
            """), HttpStatusCode.Accepted);

        using JsonDocument document = JsonDocument.Parse((await server.Jaeger("/api/traces/a1")).Body);

        JsonElement trace = document.RootElement.GetProperty("data")[0];
        JsonElement client = trace.GetProperty("spans")[0];
        JsonElement serverHalf = trace.GetProperty("spans")[1];
        Assert.Equal("00000000000000b1", client.GetProperty("spanID").GetString());
        Assert.Equal("00000000000000b1", serverHalf.GetProperty("references")[0].GetProperty("spanID").GetString());
        Assert.NotEqual("00000000000000b1", serverHalf.GetProperty("spanID").GetString());
        Assert.Equal(
            """{"p1":{"serviceName":"web","tags":[{"key":"ip","type":"string","value":"10.0.0.1"}]},"p2":{"serviceName":"cart","tags":[]}}""",
            trace.GetProperty("processes").GetRawText());
        Assert.Equal(
            """[{"key":"http.path","type":"string","value":"/x"},{"key":"span.kind","type":"string","value":"client"}]""",
            client.GetProperty("tags").GetRawText());
        Assert.Equal(
            """[{"timestamp":1795000000000100,"fields":[{"key":"event","type":"string","value":"ws"}]}]""",
            client.GetProperty("logs").GetRawText());
        Assert.Contains("\"total\":2", (await server.Jaeger("/api/services")).Body, StringComparison.Ordinal);
        Assert.Equal("""{"data":[{"parent":"web","child":"cart","callCount":1}],"total":0,"limit":0,"offset":0,"errors":null}""", (await server.Jaeger("/api/dependencies")).Body);
        Assert.NotEqual("""{"data":[],"total":0,"limit":0,"offset":0,"errors":null}""", (await server.Jaeger("/api/traces?service=web&tag=event:ws&tag=http.path:/x")).Body);
    }

    [Fact]
    public async Task A_span_sent_by_otlp_is_found_and_shown_through_zipkins_api()
    {
        await using ApiServer server = await ApiServer.StartAsync(new MemoryStore());
        await PostAsync(server, ListenerRole.OtlpHttp, "/v1/traces", OneLine("""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"Web"}}]},"scopeSpans":[{"spans":[
            {"traceId":"000000000000000100000000000000a2","spanId":"00000000000000b2","name":"GET /","kind":2,"startTimeUnixNano":"1795000000000000999","endTimeUnixNano":"1795000000000300000",
            "attributes":[{"key":"http.response.status_code","value":{"intValue":"500"}}],"events":[{"timeUnixNano":"1795000000000100000","name":"retry"}],"status":{"code":2,"message":"boom"}}]}]}]}
            """), HttpStatusCode.OK);

        string expected = OneLine("""
            {"traceId":"000000000000000100000000000000a2","id":"00000000000000b2","kind":"SERVER","name":"get /","timestamp":1795000000000000,"duration":299,
            "localEndpoint":{"serviceName":"web"},"annotations":[{"timestamp":1795000000000100,"value":"retry"}],
            "tags":{"error":"boom","http.response.status_code":"500","otel.status_code":"ERROR"}}
            """);
        Assert.Equal($"[{expected}]", (await server.Zipkin("/api/v2/trace/000000000000000100000000000000a2")).Body);
        const string query = "serviceName=web&spanName=get%20/&minDuration=299&maxDuration=299&annotationQuery=error%20and%20retry%20and%20http.response.status_code%3D500";
        Assert.Equal($"[[{expected}]]", (await server.Zipkin($"/zipkin/api/v2/traces?{query}&endTs=1795000000000&lookback=1")).Body);
    }

    private static async Task PostAsync(ApiServer server, ListenerRole listener, string path, string json, HttpStatusCode status)
    {
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await server.Client(listener).PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal(status, response.StatusCode);
    }
}
