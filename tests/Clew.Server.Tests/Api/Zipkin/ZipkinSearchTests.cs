using System.Text.Json;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Zipkin;

public sealed class ZipkinSearchTests
{
    // Trace n starts n milliseconds after T0.
    private static readonly Span[] Spans =
    [
        Span(1, 1, service: "Frontend", name: "Get", startUs: T0Us + 1_000, durationUs: 350).With(("env", "test")) with { Kind = SpanKind.Server },
        Span(1, 2, 1, service: "Frontend", name: "Get /foo", startUs: T0Us + 1_050, durationUs: 200).With(("http.path", "/foo")).WithEvent("foo") with
        {
            Kind = SpanKind.Client, RemoteEndpoint = new Endpoint("Backend", null, null, 0),
        },
        Span(1, 2, 1, service: "backend", name: "get /foo", startUs: T0Us + 1_100, durationUs: 150) with { Kind = SpanKind.Server, Traits = SpanTraits.Shared },
        Span(1, 3, 2, service: "backend", name: "query", startUs: T0Us + 1_150, durationUs: 50).With(("error", "")).WithEvent("bar") with
        {
            Kind = SpanKind.Client, RemoteEndpoint = new Endpoint("db", null, null, 0), Status = StatusCode.Error,
        },
        Span(2, 1, service: "frontend", name: "post", startUs: T0Us + 2_000, durationUs: 20).With(("env", "prod"), ("n", 7)).WithEvent("foo"),
        Span(3, 1, service: "cart", name: "all", startUs: T0Us + 3_000, durationUs: 0) with { DurationNs = 700 },
        // Without a time: in no range.
        Span(4, 1, service: "frontend", startUs: 0),
    ];

    [Theory]
    [InlineData("", "3 2 1")]
    [InlineData("serviceName=", "3 2 1")]
    [InlineData("serviceName=frontend", "2 1")]
    [InlineData("serviceName=FRONTEND", "2 1")]
    [InlineData("serviceName=db", "")]
    [InlineData("spanName=get%20/foo", "1")]
    [InlineData("spanName=QUERY", "1")]
    [InlineData("spanName=que", "")]
    [InlineData("spanName=all", "3 2 1")]
    [InlineData("spanName=ALL", "3 2 1")]
    [InlineData("remoteServiceName=BACKEND", "1")]
    [InlineData("serviceName=backend&remoteServiceName=db", "1")]
    [InlineData("serviceName=frontend&remoteServiceName=db", "")]
    // Conditions may be met by different spans, of the named service only.
    [InlineData("serviceName=frontend&spanName=get&annotationQuery=http.path", "1")]
    [InlineData("serviceName=frontend&spanName=query", "")]
    [InlineData("annotationQuery=foo%20and%20bar", "1")]
    [InlineData("serviceName=frontend&annotationQuery=foo%20and%20bar", "")]
    [InlineData("spanName=query&annotationQuery=env%3Dtest", "1")]
    // An annotation's value, a tag's key, a tag's value.
    [InlineData("annotationQuery=foo", "2 1")]
    [InlineData("annotationQuery=env", "2 1")]
    [InlineData("annotationQuery=env%3Dprod", "2")]
    [InlineData("annotationQuery=env%3D", "2 1")]
    [InlineData("annotationQuery=env%3Dpro", "")]
    [InlineData("annotationQuery=n%3D7", "2")]
    [InlineData("annotationQuery=foo%3Dx", "")]
    [InlineData("annotationQuery=foo%20and%20env%3Dtest", "1")]
    [InlineData("annotationQuery=error", "1")]
    [InlineData("annotationQuery=error%3D1", "")]
    [InlineData("annotationQuery=FOO", "")]
    [InlineData("annotationQuery=%20and%20foo", "")]
    // Durations are those of single spans, bounds included.
    [InlineData("minDuration=350", "1")]
    [InlineData("minDuration=351", "")]
    [InlineData("minDuration=20&maxDuration=20", "2")]
    [InlineData("minDuration=10&maxDuration=50", "2 1")]
    [InlineData("minDuration=1", "3 2 1")]
    [InlineData("minDuration=1&maxDuration=1", "3")]
    [InlineData("serviceName=backend&minDuration=150", "1")]
    [InlineData("serviceName=backend&minDuration=151", "")]
    [InlineData("serviceName=frontend&minDuration=200&spanName=get", "1")]
    [InlineData("minDuration=9223372036854775807", "")]
    // The range is that of the trace's time, both ends included.
    [InlineData("endTs=1795000000002", "2 1")]
    [InlineData("endTs=1795000000001", "1")]
    [InlineData("endTs=1795000000000", "")]
    [InlineData("endTs=1795000000002&lookback=1", "2 1")]
    [InlineData("endTs=1795000000003&lookback=1", "3 2")]
    [InlineData("endTs=9223372036854775807&lookback=9223372036854775807", "3 2 1")]
    [InlineData("limit=1", "3")]
    [InlineData("limit=2&serviceName=frontend", "2 1")]
    [InlineData("limit=&endTs=&lookback=", "3 2 1")]
    public async Task Search_finds(string query, string traces)
    {
        await using ApiServer server = await ApiServer.StartAsync(Spans);

        Assert.Equal(traces, await IdsAsync(server, query));
    }

    [Fact]
    public async Task A_trace_is_found_by_its_root_s_time_even_when_it_ends_later()
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 2, 1, startUs: T0Us + 10_000_000), Span(1, 1), Span(1, 3, 1, startUs: T0Us - 10_000_000));

        Assert.Equal("1", await IdsAsync(server, $"endTs={T0Us / 1000}&lookback=1"));
        Assert.Equal("", await IdsAsync(server, $"endTs={T0Us / 1000 + 10_000}&lookback=1"));
    }

    [Fact]
    public async Task Without_a_range_the_last_day_is_searched_and_without_a_limit_ten_traces_are_answered()
    {
        long nowUs = (ApiServer.Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        const long dayUs = 24L * 3_600_000_000;
        await using ApiServer server = await ApiServer.StartAsync(
            [.. Enumerable.Range(10, 9).Select(i => Span((ulong)i, 1)), Span(1, 1, startUs: nowUs), Span(2, 1, startUs: nowUs - dayUs), Span(3, 1, startUs: nowUs - dayUs - 1)]);

        Assert.Equal("1 10 11 12 13 14 15 16 17 18", await IdsAsync(server, ""));
        Assert.Equal("1 10 11 12 13 14 15 16 17 18 2", await IdsAsync(server, "limit=100"));
    }

    [Fact]
    public async Task A_limit_above_the_configured_one_is_lowered_to_it()
    {
        var store = new MemoryStore();
        await store.AppendAsync(SpanWriter.WriteAll(Spans, new SpanBatchBuilder()), CancellationToken.None);
        await using ApiServer server = await ApiServer.StartAsync(store, options => options with { Query = new QueryOptions { LimitMax = 2 } });

        Assert.Equal("3 2", await IdsAsync(server, "limit=1000000"));
    }

    [Fact]
    public async Task Traces_that_share_the_low_half_of_their_ids_stay_apart()
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Span(1, 1).With(("which", "64")), Span(1, 1).With(("which", "128")) with { TraceId = new TraceId(1, 1) }, Span(1, 1).With(("which", "other")) with { TraceId = new TraceId(2, 1) });

        foreach (string which in (string[])["64", "128", "other"])
            Assert.Equal("1", await IdsAsync(server, "annotationQuery=which%3D" + which));
    }

    private static async Task<string> IdsAsync(ApiServer server, string query)
    {
        using JsonDocument document = JsonDocument.Parse((await server.Zipkin("/api/v2/traces?" + query)).Body);
        return string.Join(' ', document.RootElement.EnumerateArray().Select(trace => Convert.ToUInt64(trace[0].GetProperty("traceId").GetString()![^16..], 16)));
    }
}
