using System.Net;
using System.Text.Json;
using Clew.Model;
using Clew.Server.Tests.Support;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger.Metrics;

public sealed class JaegerMetricsTests
{
    // T0Us is 11:06:40, forty seconds into a minute.
    private const long EndMs = T0Us / 1000;

    private static readonly Span[] Shop =
    [
        .. Enumerable.Range(1, 30).Select(id => Span(1, (ulong)id, durationUs: 10_000) with { Kind = SpanKind.Server, Status = id <= 6 ? StatusCode.Error : StatusCode.Ok }),
        .. Enumerable.Range(31, 30).Select(id => Span(1, (ulong)id, name: "POST /", startUs: T0Us - 60_000_000, durationUs: 1_000_000) with { Kind = SpanKind.Server }),
        Span(2, 1, name: "call") with { Kind = SpanKind.Client },
        Span(2, 2, service: "stock") with { Kind = SpanKind.Server },
    ];

    [Fact]
    public async Task Calls_are_told_by_the_second()
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Answer answer = await server.Jaeger($"/api/metrics/calls?service=web&endTs={EndMs}&lookback=60000&step=60000&ratePer=60000");

        Assert.Equal(Json(Answer.OneLine("""
            {"name":"service_call_rate","type":"GAUGE","help":"calls/sec, grouped by service","metrics":[
            {"labels":[{"name":"service_name","value":"web"}],"metricPoints":[
            {"gaugeValue":{"doubleValue":0.5},"timestamp":"2026-11-18T11:05:40Z"},
            {"gaugeValue":{"doubleValue":0.5},"timestamp":"2026-11-18T11:06:40Z"}]}]}
            """)), answer);
    }

    [Fact]
    public async Task Errors_are_a_share_of_the_calls_by_operation()
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        Answer answer = await server.Jaeger($"/api/metrics/errors?service=web&service=stock&endTs={EndMs + 500}&lookback=0&step=60000&ratePer=120000&groupByOperation=true");

        Assert.Equal(Json(Answer.OneLine("""
            {"name":"service_operation_error_rate","type":"GAUGE",
            "help":"error rate, computed as a fraction of errors/sec over calls/sec, grouped by service & operation","metrics":[
            {"labels":[{"name":"operation","value":"GET /"},{"name":"service_name","value":"web"}],"metricPoints":[
            {"gaugeValue":{"doubleValue":0.2},"timestamp":"2026-11-18T11:06:40.500Z"}]},
            {"labels":[{"name":"operation","value":"POST /"},{"name":"service_name","value":"web"}],"metricPoints":[
            {"gaugeValue":{"doubleValue":0},"timestamp":"2026-11-18T11:06:40.500Z"}]},
            {"labels":[{"name":"operation","value":"GET /"},{"name":"service_name","value":"stock"}],"metricPoints":[
            {"gaugeValue":{"doubleValue":0},"timestamp":"2026-11-18T11:06:40.500Z"}]}]}
            """)), answer);
    }

    [Theory]
    [InlineData("0.5", 10)]
    [InlineData("0.95", 1000)]
    [InlineData("1", 1000)]
    public async Task Latencies_are_milliseconds_within_one_percent(string quantile, double expectedMs)
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        using JsonDocument answer = JsonDocument.Parse((await server.Jaeger($"/api/metrics/latencies?service=web&quantile={quantile}&endTs={EndMs}&lookback=0")).Body);

        JsonElement family = answer.RootElement;
        Assert.Equal($"{double.Parse(quantile, System.Globalization.CultureInfo.InvariantCulture):F2}th quantile latency, grouped by service", family.GetProperty("help").GetString());
        Assert.Equal("service_latencies", family.GetProperty("name").GetString());
        JsonElement point = family.GetProperty("metrics")[0].GetProperty("metricPoints")[0];
        Assert.InRange(point.GetProperty("gaugeValue").GetProperty("doubleValue").GetDouble(), expectedMs * 0.99, expectedMs * 1.01);
    }

    [Fact]
    public async Task Kinds_can_be_chosen_and_a_service_without_spans_has_no_series()
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        string clients = (await server.Jaeger($"/api/metrics/calls?service=web&spanKind=client&spanKind=internal&endTs={EndMs}&lookback=0&ratePer=60000&groupByOperation=1")).Body;
        string nobody = (await server.Jaeger("/api/metrics/calls?service=nobody")).Body;

        Assert.Contains("""[{"labels":[{"name":"operation","value":"call"},""", clients, StringComparison.Ordinal);
        Assert.EndsWith("""service","metrics":[]}""", nobody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_default_the_last_hour_is_told_in_steps_of_five_seconds()
    {
        await using ApiServer server = await ApiServer.StartAsync(Shop);

        using JsonDocument answer = JsonDocument.Parse((await server.Jaeger("/api/metrics/calls?service=web")).Body);

        JsonElement.ArrayEnumerator points = answer.RootElement.GetProperty("metrics")[0].GetProperty("metricPoints").EnumerateArray();
        Assert.Equal(721, points.Count());
        // The server's clock stands an hour after the spans: the first point is their time, and both minutes are within its ten.
        Assert.Equal(("2026-11-18T11:06:40Z", 0.1), (points.First().GetProperty("timestamp").GetString(), points.First().GetProperty("gaugeValue").GetProperty("doubleValue").GetDouble()));
        Assert.Equal(0, points.Last().GetProperty("gaugeValue").GetProperty("doubleValue").GetDouble());
    }

    [Fact]
    public async Task The_least_step_is_a_minute()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Assert.Equal(Json("""{"data":60000,"total":0,"limit":0,"offset":0,"errors":null}"""), await server.Jaeger("/api/metrics/minstep"));
        Assert.Equal((HttpStatusCode.NotFound, "404 page not found\n"), (await server.Jaeger("/api/metrics/other")) is var other ? (other.Status, other.Body) : default);
    }

    [Theory]
    [InlineData("calls", "unable to parse param 'service': please provide at least one service name")]
    [InlineData("calls?service=", "unable to parse param 'service': please provide at least one service name")]
    [InlineData("latencies?service=web", "unable to parse param 'quantile': strconv.ParseFloat: parsing \"\": invalid syntax")]
    [InlineData("latencies?service=web&quantile=1.5", "unable to parse param 'quantile': must be from 0 to 1, received: 1.5")]
    [InlineData("errors?service=web&groupByOperation=maybe", "unable to parse param 'groupByOperation': strconv.ParseBool: parsing \"maybe\": invalid syntax")]
    [InlineData("errors?service=web&spanKind=x", "unable to parse param 'spanKind': unsupported span kind: 'x'")]
    [InlineData("calls?service=web&endTs=now", "unable to parse param 'endTs': strconv.ParseInt: parsing \"now\": invalid syntax")]
    [InlineData("calls?service=web&endTs=-5", "unable to parse param 'endTs': no time that spans are of")]
    [InlineData("calls?service=web&step=0", "unable to parse param 'step': must be from 1 to 31622400000 milliseconds, received: 0")]
    [InlineData("calls?service=web&lookback=-1", "unable to parse param 'lookback': must be from 0 to 31622400000 milliseconds, received: -1")]
    [InlineData("calls?service=web&step=1&lookback=11000", "a lookback of 11000 ms in steps of 1 ms gives more than 11000 points; ask for longer steps")]
    public async Task Mistakes_are_answered_in_the_envelope(string request, string message)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Jaeger("/api/metrics/" + request);

        string escaped = message.Replace("\"", "\\\"", StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, $$"""{"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":400,"msg":"{{escaped}}"}]}""" + "\n"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_503()
    {
        await using ApiServer server = await ApiServer.StartAsync(new FakeStore { OnUse = () => throw new StoreUnavailableException("the disk is full") });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Jaeger("/api/metrics/calls?service=web")).Status);
    }

    private static Answer Json(string body) => new(HttpStatusCode.OK, body, "application/json", null, null);
}
