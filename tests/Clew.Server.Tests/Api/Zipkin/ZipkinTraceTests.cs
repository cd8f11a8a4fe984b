using System.Net;
using Clew.Model;
using Clew.Server.Hosting;
using static Clew.Server.Tests.Api.Answer;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Zipkin;

public sealed class ZipkinTraceTests
{
    private static readonly Span ZipkinClient = Span(1, 2, parent: 1, name: "Get", durationUs: 207_000).With(("http.path", "/api")) with
    {
        Kind = SpanKind.Client,
        LocalEndpoint = new Endpoint("Frontend", IPAddress.Loopback, null, 0),
        RemoteEndpoint = new Endpoint("Backend", IPAddress.Parse("192.168.99.101"), null, 9000),
    };

    private static readonly Span ZipkinServer = Span(1, 2, parent: 1, service: "backend", name: "get", startUs: T0Us + 10, durationUs: 100) with
    {
        Kind = SpanKind.Server,
        Traits = SpanTraits.Shared,
        LocalEndpoint = new Endpoint("backend", null, null, 9000),
        Events = new EquatableList<SpanEvent>(new SpanEvent((T0Us + 20) * 1000, "ws")),
    };

    private static readonly string ClientJson = OneLine("""
        {"traceId":"0000000000000001","parentId":"0000000000000001","id":"0000000000000002","kind":"CLIENT","name":"get","timestamp":1795000000000000,"duration":207000,
        "localEndpoint":{"serviceName":"frontend","ipv4":"127.0.0.1"},"remoteEndpoint":{"serviceName":"backend","ipv4":"192.168.99.101","port":9000},
        "tags":{"http.path":"/api"}}
        """);

    private static readonly string ServerJson = OneLine("""
        {"traceId":"0000000000000001","parentId":"0000000000000001","id":"0000000000000002","kind":"SERVER","name":"get","timestamp":1795000000000010,"duration":100,
        "localEndpoint":{"serviceName":"backend","port":9000},"annotations":[{"timestamp":1795000000000020,"value":"ws"}],"shared":true}
        """);

    [Theory]
    [InlineData("/api/v2/trace/1")]
    [InlineData("/api/v2/trace/0000000000000001%20")]
    [InlineData("/zipkin/api/v2/trace/00000000000000000000000000000001")]
    public async Task A_trace_is_a_list_of_its_spans_as_they_came(string path)
    {
        await using ApiServer server = await ApiServer.StartAsync(ZipkinClient, ZipkinServer);

        Assert.Equal(new Answer(HttpStatusCode.OK, $"[{ClientJson},{ServerJson}]", "application/json", null, null), await server.Zipkin(path));
    }

    [Fact]
    public async Task Searches_and_many_ids_answer_lists_of_traces()
    {
        await using ApiServer server = await ApiServer.StartAsync(ZipkinClient, ZipkinServer, Span(2, 1, service: "other", startUs: T0Us + 1_000_000));

        const string other = """{"traceId":"0000000000000002","id":"0000000000000001","name":"get /","timestamp":1795000001000000,"duration":1000,"localEndpoint":{"serviceName":"other"}}""";
        Assert.Equal($"[[{other}],[{ClientJson},{ServerJson}]]", (await server.Zipkin("/api/v2/traces")).Body);
        Assert.Equal($"[[{ClientJson},{ServerJson}],[{other}]]", (await server.Zipkin("/api/v2/traceMany?traceIds=1,7,2")).Body);
    }

    [Fact]
    public async Task Ids_match_exactly_a_128_bit_trace_is_not_found_by_its_low_half()
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 1) with { TraceId = new TraceId(5, 1) });

        Assert.Equal(HttpStatusCode.OK, (await server.Zipkin("/api/v2/trace/50000000000000001")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Zipkin("/api/v2/trace/1")).Status);
        Assert.Equal("[]", (await server.Zipkin("/api/v2/traceMany?traceIds=1,2")).Body);
    }

    [Fact]
    public async Task Spans_of_other_formats_show_what_zipkin_has_no_field_for_as_tags()
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Span(1, 1, name: "GET /").With(("http.status_code", 500)).WithResource(("host.name", "n1")) with
            {
                Kind = SpanKind.Server,
                Status = StatusCode.Error,
                StatusMessage = "boom",
                Scope = new Scope("my.lib", ""),
            });

        const string tags = """{"error":"boom","host.name":"n1","http.status_code":"500","otel.scope.name":"my.lib","otel.status_code":"ERROR"}""";
        Assert.Equal(
            $$"""[{"traceId":"0000000000000001","id":"0000000000000001","kind":"SERVER","name":"get /","timestamp":1795000000000000,"duration":1000,"localEndpoint":{"serviceName":"web"},"tags":{{tags}}}]""",
            (await server.Zipkin("/api/v2/trace/1")).Body);
        foreach (string term in (string[])["error", "error=boom", "host.name=n1", "http.status_code=500", "otel.scope.name", "otel.scope.name=my.lib", "otel.status_code", "otel.status_code=ERROR"])
            Assert.NotEqual("[]", (await server.Zipkin("/api/v2/traces?annotationQuery=" + Uri.EscapeDataString(term))).Body);
        foreach (string term in (string[])["error=bang", "otel.status_code=OK", "otel.scope.version", "otel.scope.name=x"])
            Assert.Equal("[]", (await server.Zipkin("/api/v2/traces?annotationQuery=" + Uri.EscapeDataString(term))).Body);
    }

    [Fact]
    public async Task Dependencies_count_calls_whatever_the_case_of_names_and_leave_out_an_error_count_of_zero()
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Span(2, 1, service: "WEB") with { Kind = SpanKind.Client, LocalEndpoint = new Endpoint("WEB", null, null, 0), RemoteEndpoint = new Endpoint("Cart", null, null, 0) },
            Span(1, 1, service: "Web") with { Kind = SpanKind.Client, LocalEndpoint = new Endpoint("Web", null, null, 0), RemoteEndpoint = new Endpoint("cart", null, null, 0) },
            Span(1, 2, service: "cart").With(("error", "")) with
            {
                Kind = SpanKind.Client,
                Status = StatusCode.Error,
                LocalEndpoint = new Endpoint("cart", null, null, 0),
                RemoteEndpoint = new Endpoint("db", null, null, 0),
            });

        const string links = """[{"parent":"web","child":"cart","callCount":2},{"parent":"cart","child":"db","callCount":1,"errorCount":1}]""";
        string day = $"/api/v2/dependencies?endTs={T0Us / 1000}";
        Assert.Equal(Sorted(links), Sorted((await server.Zipkin(day)).Body));
        Assert.Equal(Sorted(links), Sorted((await server.Zipkin("/zipkin" + day + "&lookback=1")).Body));
        Assert.Equal("[]", (await server.Zipkin($"/api/v2/dependencies?endTs={T0Us / 1000 - 1}")).Body);

        static string[] Sorted(string json) => [.. json.Trim('[', ']').Split("},{").Select(link => link.Trim('{', '}')).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Posting_is_not_taken_by_the_routes_that_answer_questions()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        using var body = new StringContent("[]");

        using HttpResponseMessage response = await server.Client(ListenerRole.Zipkin).PostAsync(new Uri("/api/v2/services", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }
}
