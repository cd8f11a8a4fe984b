using System.Net;
using System.Text.Json;
using Clew.Model;
using Clew.Server.Tests.Support;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger.V3;

public sealed class JaegerV3Tests
{
    // T0Us is 2026-11-18T11:06:40Z.
    private const string Window = "query.startTimeMin=2026-11-18T00:00:00Z&query.startTimeMax=2026-11-19T00:00:00Z";

    private static readonly Span[] Shop =
    [
        Span(1, 2, durationUs: 2000) with { Kind = SpanKind.Server, Flags = 1 },
        (Span(1, 3, parent: 2, service: "stock", name: "reserve") with { Status = StatusCode.Error, StatusMessage = "sold out", Scope = new Scope("lib", "1.2") })
            .With(("n", 5), ("ok", true), ("load", 0.5), ("text", "x")).WithEvent("retry", ("attempt", 2)),
        Span(9, 4, parent: 77, service: "stock", name: "tick", startUs: T0Us + 5_000_000),
    ];

    [Fact]
    public async Task Services_and_operations_are_listed()
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Assert.Equal(Json("""{"services":["stock","web"]}"""), await server.Jaeger("/api/v3/services"));
        Assert.Equal(Json("""{"operations":[{"name":"reserve","spanKind":"internal"},{"name":"tick","spanKind":"internal"}]}"""), await server.Jaeger("/api/v3/operations?service=stock"));
        Assert.Equal(Json("""{"operations":[{"name":"GET /","spanKind":"server"}]}"""), await server.Jaeger("/api/v3/operations?service=web&spanKind=SERVER"));
        Assert.Equal(Json("""{"operations":[]}"""), await server.Jaeger("/api/v3/operations?service=web&span_kind=client"));
        Assert.Equal(Json("""{"operations":[]}"""), await server.Jaeger("/api/v3/operations?service=nobody"));
    }

    [Fact]
    public async Task A_trace_is_OTLP_json_within_result()
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Answer answer = await server.Jaeger("/api/v3/traces/1");

        Assert.Equal(Json(Answer.OneLine("""
            {"result":{"resourceSpans":[
            {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},"scopeSpans":[{"scope":{},"spans":[
            {"traceId":"00000000000000000000000000000001","spanId":"0000000000000002","flags":1,"name":"GET /","kind":2,
            "startTimeUnixNano":"1795000000000000000","endTimeUnixNano":"1795000000002000000"}]}]},
            {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"stock"}}]},"scopeSpans":[{"scope":{"name":"lib","version":"1.2"},"spans":[
            {"traceId":"00000000000000000000000000000001","spanId":"0000000000000003","parentSpanId":"0000000000000002","name":"reserve",
            "startTimeUnixNano":"1795000000000000000","endTimeUnixNano":"1795000000001000000",
            "attributes":[{"key":"load","value":{"doubleValue":0.5}},{"key":"n","value":{"intValue":"5"}},{"key":"ok","value":{"boolValue":true}},{"key":"text","value":{"stringValue":"x"}}],
            "events":[{"timeUnixNano":"1795000000000001000","name":"retry","attributes":[{"key":"attempt","value":{"intValue":"2"}}]}],
            "status":{"message":"sold out","code":2}}]}]}]}}
            """)), answer);
    }

    [Theory]
    [InlineData("00000000000000000000000000000001")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAQ%3D%3D")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAQ")]
    [InlineData("AAAAAAAAAAE=")]
    [InlineData("1?startTime=2026-11-18T00:00:00Z&end_time=2026-11-18T02:00:00+02:00&raw_traces=true")]
    public async Task A_trace_is_found_by_its_id_in_hex_or_base64(string id)
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Answer answer = await server.Jaeger("/api/v3/traces/" + id);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(2, Spans(answer).Length);
    }

    [Fact]
    public async Task Summaries_are_answered_as_jaegers_page_checks_them()
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Assert.Equal(Json(Answer.OneLine("""
            {"summaries":[
            {"traceId":"00000000000000000000000000000009","rootServiceName":"stock","rootOperationName":"tick",
            "minStartTimeUnixNano":"1795000005000000000","maxEndTimeUnixNano":"1795000005001000000","spanCount":1,"orphanSpanCount":1,
            "services":[{"name":"stock","spanCount":1}]},
            {"traceId":"00000000000000000000000000000001","rootServiceName":"web","rootOperationName":"GET /",
            "minStartTimeUnixNano":"1795000000000000000","maxEndTimeUnixNano":"1795000000002000000","spanCount":2,"errorSpanCount":1,
            "services":[{"name":"stock","spanCount":1,"errorSpanCount":1},{"name":"web","spanCount":1}]}]}
            """)), await server.Jaeger($"/api/v3/trace-summaries?{Window}&query.searchDepth=20"));
        Assert.Equal(Json("""{"summaries":[]}"""), await server.Jaeger($"/api/v3/trace-summaries?{Window}&query.serviceName=nobody"));
    }

    [Theory]
    [InlineData("", "9 1 1")]
    [InlineData("&query.serviceName=stock", "9 1 1")]
    [InlineData("&query.service_name=web", "1 1")]
    [InlineData("&query.operationName=reserve", "1 1")]
    [InlineData("&query.operation_name=tick", "9")]
    [InlineData("&query.attributes={\"n\":\"5\",\"ok\":\"true\"}", "1 1")]
    [InlineData("&query.attributes={\"error\":\"true\"}", "1 1")]
    [InlineData("&query.durationMin=1.5ms", "1 1")]
    [InlineData("&query.duration_max=1ms", "9 1 1")]
    [InlineData("&query.filter={\"op\":\"eq\",\"args\":[{\"field\":{\"name\":\"service\",\"level\":\"resource\"}},{\"scalar\":{\"value\":\"web\"}}]}", "1 1")]
    [InlineData("&query.searchDepth=1", "9")]
    [InlineData("&query.num_traces=1", "9")]
    [InlineData("&query.raw_traces=true&query.serviceName=web", "1 1")]
    public async Task A_search_answers_whole_traces_newest_first(string parameters, string traces)
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Answer answer = await server.Jaeger($"/api/v3/traces?{Window}{parameters}");

        Assert.Equal(traces, string.Join(' ', Spans(answer).Select(span => span.GetProperty("traceId").GetString()!.TrimStart('0'))));
    }

    [Fact]
    public async Task Times_with_an_unescaped_plus_are_understood()
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Answer answer = await server.Jaeger("/api/v3/traces?query.start_time_min=2026-11-18T13:06:40+02:00&query.start_time_max=2026-11-18T13:06:40.0+02:00");

        Assert.Equal(2, Spans(answer).Length);
    }

    [Theory]
    [InlineData("/api/v3/traces/2", 404, "trace not found")]
    [InlineData($"/api/v3/traces?{Window}&query.serviceName=nobody", 404, "No traces found")]
    [InlineData("/api/v3/traces/xyz", 400, "malformed parameter trace_id: \"xyz\" is neither 1 to 32 hex digits nor 8 or 16 bytes in base64")]
    [InlineData("/api/v3/traces/1?startTime=x", 400, "malformed parameter startTime: \"x\" is not a time such as 2006-01-02T15:04:05.999999999Z")]
    [InlineData("/api/v3/traces/1?rawTraces=x", 400, "malformed parameter rawTraces: strconv.ParseBool: parsing \"x\": invalid syntax")]
    [InlineData("/api/v3/traces", 400, "query.startTimeMin and query.startTimeMax are required")]
    [InlineData("/api/v3/trace-summaries?query.startTimeMin=2026-11-18T00:00:00Z", 400, "query.startTimeMin and query.startTimeMax are required")]
    [InlineData("/api/v3/traces?query.startTimeMin=2026-11-18T00:00:00Z&query.startTimeMax=2026-11-17T00:00:00Z", 400, "query.startTimeMin must be before query.startTimeMax")]
    [InlineData($"/api/v3/traces?{Window}&query.durationMin=5", 400, "malformed parameter query.durationMin: time: missing unit in duration \"5\"")]
    [InlineData($"/api/v3/traces?{Window}&query.attributes=[]", 400, "malformed parameter query.attributes: an object is expected, not an array")]
    [InlineData($"/api/v3/traces?{Window}&query.searchDepth=0", 400, "malformed parameter query.searchDepth: \"0\" is not a number from 1")]
    [InlineData($"/api/v3/traces?{Window}&query.filter={{}}", 400, "malformed parameter query.filter: there is no operator \"\"; operators are and, or, not, eq, ne, gt, lt, gte, lte, regex, exists, in, not_in, some")]
    [InlineData($"/api/v3/traces?{Window}&query.serviceName=web&query.filter={{\"op\":\"exists\",\"args\":[{{\"attr\":{{\"key\":\"n\"}}}}]}}", 400, "malformed parameter query.filter: a filter stands alone: say service, operation, attributes and durations in it")]
    public async Task Mistakes_are_answered_in_the_gateways_shape(string path, int status, string message)
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Answer answer = await server.Jaeger(path);

        string body = $$$"""{"error":{"httpCode":{{{status}}},"message":{{{JsonSerializer.Serialize(message, Relaxed)}}}}}""" + "\n";
        Assert.Equal(new Answer((HttpStatusCode)status, body, "text/plain; charset=utf-8", null, "nosniff"), answer);
    }

    [Fact]
    public async Task Paths_that_are_not_there_and_stores_in_trouble_are_told()
    {
        await using ApiServer server = await ApiServer.StartAsync(new FakeStore { OnUse = () => throw new StoreUnavailableException("the disk is gone") });

        Assert.Equal("404 page not found\n", (await server.Jaeger("/api/v3/dependencies")).Body);
        Answer answer = await server.Jaeger("/api/v3/services");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"error":{"httpCode":503,"message":"the disk is gone"}}""" + "\n"), (answer.Status, answer.Body));
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Answer Json(string body) => new(HttpStatusCode.OK, body, "application/json", null, null);

    private static JsonElement[] Spans(Answer answer) =>
    [
        .. from resource in JsonDocument.Parse(answer.Body).RootElement.GetProperty("result").GetProperty("resourceSpans").EnumerateArray()
           from scope in resource.GetProperty("scopeSpans").EnumerateArray()
           from span in scope.GetProperty("spans").EnumerateArray()
           select span,
    ];
}
