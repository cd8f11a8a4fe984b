using System.Text.Json;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger;

public sealed class JaegerSearchTests
{
    // Trace n starts n seconds after T0; web's root lasts n milliseconds.
    private static readonly Span[] Spans =
    [
        Span(1, 1, startUs: T0Us + 1_000_000, durationUs: 1_000).With(("http.status_code", 500), ("user", "a:b")) with { Kind = SpanKind.Server, Status = StatusCode.Error, StatusMessage = "boom" },
        Span(1, 2, 1, service: "cart", name: "reserve", startUs: T0Us + 1_000_100, durationUs: 9_000).With(("stock", true)),
        Span(2, 1, startUs: T0Us + 2_000_000, durationUs: 2_000).With(("http.status_code", "500")).WithResource(("host", "n2")).WithEvent("retry", ("attempt", 3)) with { Kind = SpanKind.Client, Status = StatusCode.Ok },
        Span(3, 1, name: "POST /", startUs: T0Us + 3_000_000, durationUs: 3_000).With(("error", "timeout"), ("ratio", 0.5)) with
        {
            Scope = new Scope("my.lib", "1.2") { Attributes = Attributes(("in.scope", "yes")) },
            Links = new EquatableList<SpanLink>(new SpanLink(new TraceId(0, 9), new SpanId(9)) { Attributes = Attributes(("in.link", "yes")) }),
            RemoteEndpoint = new Endpoint("redis", null, null, 0),
        },
    ];

    [Theory]
    // Newest first, whole traces.
    [InlineData("service=web", "3 2 1")]
    [InlineData("service=cart", "1")]
    [InlineData("service=Web", "")]
    [InlineData("service=web&operation=POST%20/", "3")]
    [InlineData("service=web&operation=post%20/", "")]
    [InlineData("service=web&operation=reserve", "")]
    [InlineData("service=web&limit=2", "3 2")]
    [InlineData("service=web&lookback=1s&offset=7", "3 2 1")]
    // Tags compare by text, wherever they stand.
    [InlineData("service=web&tag=http.status_code:500", "2 1")]
    [InlineData("service=web&tag=user:a:b", "1")]
    [InlineData("service=web&tags={\"http.status_code\":\"500\",\"user\":\"a:b\"}", "1")]
    [InlineData("service=web&tag=http.status_code:500&tags={\"user\":\"a:b\"}", "1")]
    [InlineData("service=web&tag=user:x&tags={\"user\":\"a:b\"}", "1")]
    [InlineData("service=web&tags=null", "3 2 1")]
    [InlineData("service=web&tag=ratio:0.5", "3")]
    [InlineData("service=web&tag=host:n2", "2")]
    [InlineData("service=web&tag=attempt:3", "2")]
    [InlineData("service=web&tag=event:retry", "2")]
    [InlineData("service=web&tag=in.scope:yes", "3")]
    [InlineData("service=web&tag=in.link:yes", "3")]
    [InlineData("service=web&tag=peer.service:redis", "3")]
    [InlineData("service=cart&tag=stock:true", "1")]
    // All on the same span.
    [InlineData("service=web&tag=stock:true", "")]
    [InlineData("service=web&minDuration=5ms", "")]
    [InlineData("service=cart&operation=GET%20/", "")]
    // Keys with a meaning.
    [InlineData("service=web&tag=error:true", "1")]
    [InlineData("service=web&tag=error:false", "3 2")]
    [InlineData("service=web&tag=error:timeout", "3")]
    [InlineData("service=web&tag=span.kind:server", "1")]
    [InlineData("service=web&tag=span.kind:CLIENT", "2")]
    [InlineData("service=web&tag=span.status:ERROR", "1")]
    [InlineData("service=web&tag=span.status:unset", "3")]
    [InlineData("service=web&tag=otel.status_code:OK", "2")]
    [InlineData("service=web&tag=otel.status_description:boom", "1")]
    [InlineData("service=web&tag=otel.scope.name:my.lib", "3")]
    [InlineData("service=web&tag=scope.name:my.lib&tag=scope.version:1.2", "3")]
    [InlineData("service=web&tag=otel.scope.version:1.3", "")]
    [InlineData("service=web&tag=resource.host:n2", "2")]
    [InlineData("service=web&tag=resource.user:a:b", "")]
    // Bounds are included.
    [InlineData("service=web&minDuration=2ms", "3 2")]
    [InlineData("service=web&maxDuration=2ms", "2 1")]
    [InlineData("service=web&minDuration=2ms&maxDuration=2000us", "2")]
    [InlineData("service=web&minDuration=2000001ns&maxDuration=2.999ms", "")]
    [InlineData("service=web&minDuration=0&maxDuration=0s", "3 2 1")]
    [InlineData("service=web&minDuration=2ms&maxDuration=0", "3 2")]
    [InlineData("service=web&start=1795000002000000", "3 2")]
    [InlineData("service=web&end=1795000002000000", "2 1")]
    [InlineData("service=web&start=1795000001000001&end=1795000002999999", "2")]
    [InlineData("service=cart&start=1795000001000100&end=1795000001000100", "1")]
    [InlineData("service=web&start=0&end=9223372036854775807", "3 2 1")]
    [InlineData("service=web&start=-9223372036854775808", "3 2 1")]
    public async Task Search_finds(string query, string traces)
    {
        await using ApiServer server = await ApiServer.StartAsync(Spans);

        Assert.Equal(traces, await IdsAsync(server, query));
    }

    [Fact]
    public async Task Found_traces_are_whole_even_outside_the_range_and_the_service()
    {
        await using ApiServer server = await ApiServer.StartAsync(Spans);

        using JsonDocument document = JsonDocument.Parse((await server.Jaeger("/api/traces?service=cart&start=1795000001000100")).Body);

        Assert.Equal(2, document.RootElement.GetProperty("data")[0].GetProperty("spans").GetArrayLength());
    }

    [Fact]
    public async Task Without_a_range_the_last_two_days_are_searched()
    {
        long nowUs = (ApiServer.Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        const long twoDaysUs = 2L * 24 * 3_600_000_000;
        await using ApiServer server = await ApiServer.StartAsync(
            Span(1, 1, startUs: nowUs), Span(2, 1, startUs: nowUs + 1), Span(3, 1, startUs: nowUs - twoDaysUs), Span(4, 1, startUs: nowUs - twoDaysUs - 1));

        Assert.Equal("1 3", await IdsAsync(server, "service=web"));
    }

    [Fact]
    public async Task A_span_is_found_by_the_time_it_is_shown_with()
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 1) with { StartNs = T0Us * 1000 + 999 });

        Assert.Equal("1", await IdsAsync(server, $"service=web&start={T0Us}&end={T0Us}"));
    }

    [Fact]
    public async Task Without_a_limit_there_are_at_most_100_traces()
    {
        await using ApiServer server = await ApiServer.StartAsync([.. Enumerable.Range(1, 101).Select(i => Span((ulong)i, 1))]);

        Assert.Equal(100, (await IdsAsync(server, "service=web")).Split(' ').Length);
    }

    [Fact]
    public async Task A_limit_above_the_configured_one_is_lowered_to_it()
    {
        var store = new MemoryStore();
        await store.AppendAsync(SpanWriter.WriteAll(Spans, new SpanBatchBuilder()), CancellationToken.None);
        await using ApiServer server = await ApiServer.StartAsync(store, options => options with { Query = new QueryOptions { LimitMax = 1 } });

        Assert.Equal("3", await IdsAsync(server, "service=web&limit=1500"));
    }

    [Fact]
    public async Task Service_names_may_hold_anything()
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 1, service: "東京/✓ +&="), Span(2, 1));

        Assert.Equal("1", await IdsAsync(server, "service=" + Uri.EscapeDataString("東京/✓ +&=")));
    }

    [Fact]
    public async Task Dependencies_count_the_calls_between_services_in_the_range()
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Span(1, 1) with { Kind = SpanKind.Client },
            Span(1, 2, 1, service: "cart") with { Kind = SpanKind.Server },
            Span(1, 3, 2, service: "cart") with { Kind = SpanKind.Client, RemoteEndpoint = new Endpoint("db", null, null, 0) },
            Span(2, 1, startUs: T0Us - 2L * 24 * 3_600_000_000) with { Kind = SpanKind.Client, RemoteEndpoint = new Endpoint("old", null, null, 0) });

        const string webCart = """{"parent":"web","child":"cart","callCount":1}""";
        const string cartDb = """{"parent":"cart","child":"db","callCount":1}""";
        const string webOld = """{"parent":"web","child":"old","callCount":1}""";
        await AssertDependencies("", cartDb, webCart);
        await AssertDependencies("?service=db", cartDb);
        await AssertDependencies("?service=web", webCart);
        await AssertDependencies("?lookback=604800000", cartDb, webCart, webOld);
        await AssertDependencies($"?endTs={T0Us / 1000}&lookback=0", cartDb, webCart);
        await AssertDependencies($"?endTs={T0Us / 1000 - 1}&lookback=1000");

        async Task AssertDependencies(string query, params string[] links) =>
            Assert.Equal($$"""{"data":[{{string.Join(',', links)}}],"total":0,"limit":0,"offset":0,"errors":null}""", (await server.Jaeger("/api/dependencies" + query)).Body);
    }

    private static async Task<string> IdsAsync(ApiServer server, string query)
    {
        using JsonDocument document = JsonDocument.Parse((await server.Jaeger("/api/traces?" + query)).Body);
        return string.Join(' ', document.RootElement.GetProperty("data").EnumerateArray().Select(trace => Convert.ToUInt64(trace.GetProperty("traceID").GetString(), 16)));
    }
}
