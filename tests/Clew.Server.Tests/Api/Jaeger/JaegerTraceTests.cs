using System.Net;
using System.Text.Json;
using Clew.Model;
using Clew.Server.Hosting;
using static Clew.Server.Tests.Api.Answer;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger;

public sealed class JaegerTraceTests
{
    private static readonly string TraceOne = OneLine("""
        {"traceID":"0000000000000001","spans":[{"traceID":"0000000000000001","spanID":"0000000000000002","flags":1,"operationName":"GET /checkout",
        "references":[{"refType":"CHILD_OF","traceID":"0000000000000001","spanID":"0000000000000001"}],"startTime":1795000000000000,"duration":250000,
        "tags":[{"key":"http.status_code","type":"int64","value":500},{"key":"span.kind","type":"string","value":"server"},
        {"key":"otel.status_code","type":"string","value":"ERROR"},{"key":"error","type":"bool","value":true}],
        "logs":[{"timestamp":1795000000000001,"fields":[{"key":"event","type":"string","value":"retry"},{"key":"n","type":"int64","value":2}]}],
        "processID":"p1","warnings":["parent span ID=0000000000000001 is not in the trace; skipping clock skew adjustment"]}],"processes":{"p1":{"serviceName":"web","tags":[{"key":"host.name","type":"string","value":"n1"}]}},"warnings":null}
        """);

    private static Span One { get; } = Span(1, 2, parent: 1, name: "GET /checkout", durationUs: 250_000)
        .With(("http.status_code", 500))
        .WithResource(("host.name", "n1"))
        .WithEvent("retry", ("n", 2)) with
    {
        Kind = SpanKind.Server,
        Status = StatusCode.Error,
        Flags = 1,
    };

    [Theory]
    [InlineData("1")]
    [InlineData("0000000000000001")]
    [InlineData("00000000000000000000000000000001")]
    [InlineData("1?start=1&end=2")]
    public async Task A_trace_is_found_by_its_id_whatever_zeros_lead_it(string id)
    {
        await using ApiServer server = await ApiServer.StartAsync(One);

        Answer answer = await server.Jaeger("/api/traces/" + id);

        Assert.Equal(new Answer(HttpStatusCode.OK, $$"""{"data":[{{TraceOne}}],"total":0,"limit":0,"offset":0,"errors":null}""", "application/json", null, null), answer);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("10000000000000001")]
    public async Task A_trace_that_is_not_there_is_a_404(string id)
    {
        await using ApiServer server = await ApiServer.StartAsync(One);

        Answer answer = await server.Jaeger("/api/traces/" + id);

        const string body = """{"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":404,"msg":"trace not found"}]}""" + "\n";
        Assert.Equal(new Answer(HttpStatusCode.NotFound, body, "text/plain; charset=utf-8", null, "nosniff"), answer);
    }

    [Fact]
    public async Task Ids_given_to_the_search_are_fetched_and_missing_ones_named_without_failing()
    {
        await using ApiServer server = await ApiServer.StartAsync(One);

        Answer answer = await server.Jaeger("/api/traces?traceID=a000000000000000b&traceID=1&traceID=7&traceID=0001&service=ignored&limit=5");

        const string errors = """[{"msg":"trace not found","traceID":"000000000000000a000000000000000b"},{"msg":"trace not found","traceID":"0000000000000007"}]""";
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal($$"""{"data":[{{TraceOne}}],"total":0,"limit":0,"offset":0,"errors":{{errors}}}""", answer.Body);
    }

    [Fact]
    public async Task Pretty_print_changes_only_white_space()
    {
        await using ApiServer server = await ApiServer.StartAsync(One);

        string pretty = (await server.Jaeger("/api/traces/1?prettyPrint=true")).Body;

        Assert.StartsWith("{\n    \"data\": [\n        {\n            \"traceID\": \"0000000000000001\",\n", pretty, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(pretty);
        Assert.Equal(TraceOne, JsonSerializer.Serialize(document.RootElement.GetProperty("data")[0]));
    }

    [Fact]
    public async Task A_head_request_is_answered_without_a_body()
    {
        await using ApiServer server = await ApiServer.StartAsync(One);
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/services");

        using HttpResponseMessage response = await server.Client(ListenerRole.Query).SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Client_and_server_that_share_a_span_id_are_taken_apart_unless_raw_is_asked_for()
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Span(1, 2, parent: 1, service: "web", name: "client") with { Kind = SpanKind.Client },
            Span(1, 2, parent: 1, service: "cart", name: "server", startUs: T0Us + 1) with { Kind = SpanKind.Server, Traits = SpanTraits.Shared },
            Span(1, 3, parent: 2, service: "cart", name: "child", startUs: T0Us + 2));

        Dictionary<string, (string Id, string Parent)> spans = await SpansAsync(server, "/api/traces/1");
        Assert.Equal("0000000000000002", spans["client"].Id);
        Assert.NotEqual("0000000000000002", spans["server"].Id);
        Assert.Equal("0000000000000002", spans["server"].Parent);
        Assert.Equal(spans["server"].Id, spans["child"].Parent);
        Assert.Equal(spans, await SpansAsync(server, "/api/traces?service=cart"));

        Dictionary<string, (string Id, string Parent)> raw = await SpansAsync(server, "/api/traces/1?raw=true");
        Assert.Equal("0000000000000002", raw["server"].Id);
        Assert.Equal("0000000000000002", raw["child"].Parent);
        Assert.Equal(raw, await SpansAsync(server, "/api/traces?service=cart&raw=1"));
    }

    private static async Task<Dictionary<string, (string Id, string Parent)>> SpansAsync(ApiServer server, string path)
    {
        using JsonDocument document = JsonDocument.Parse((await server.Jaeger(path)).Body);
        return document.RootElement.GetProperty("data")[0].GetProperty("spans").EnumerateArray().ToDictionary(
            span => span.GetProperty("operationName").GetString()!,
            span => (span.GetProperty("spanID").GetString()!, span.GetProperty("references")[0].GetProperty("spanID").GetString()!));
    }
}
