using System.Net;
using System.Text.Json;
using Clew.Model;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Zipkin;

/// <summary><c>zipkin.strictTraceId=false</c>: the cases of Zipkin's own suite for it, and what its stores do not promise.</summary>
public sealed class ZipkinStrictTraceIdTests
{
    private const ulong High = 0xabc;

    /// <summary>Reported with all 128 bits: the root.</summary>
    private static readonly Span Whole = (Span(1, 1, service: "frontend", name: "get") with { TraceId = new TraceId(High, 1) }).WithEvent("foo");

    /// <summary>The later half, by a service that cut the id.</summary>
    private static readonly Span Cut = Span(1, 2, parent: 1, service: "backend", name: "query", startUs: T0Us + 500).With(("error", "boom"));

    [Theory]
    [InlineData("/api/v2/trace/abc0000000000000001")]
    [InlineData("/api/v2/trace/1")]
    [InlineData("/zipkin/api/v2/trace/1")]
    [InlineData("/api/v2/trace/fff0000000000000001")]
    public async Task Either_form_of_the_id_retrieves_everything(string path)
    {
        await using ApiServer server = await StartAsync(Whole, Cut);
        Assert.Equal(["1", "2"], SpanIds(JsonDocument.Parse((await server.Zipkin(path)).Body).RootElement));
    }

    [Theory]
    [InlineData("")]
    [InlineData("annotationQuery=foo")]
    [InlineData("annotationQuery=error%3Dboom")]
    [InlineData("annotationQuery=foo%20and%20error%3Dboom")]
    [InlineData("serviceName=backend")]
    [InlineData("serviceName=frontend&spanName=get")]
    [InlineData("minDuration=1000&annotationQuery=error")]
    public async Task A_trace_reported_under_both_forms_is_one_whichever_part_meets_the_conditions(string query)
    {
        await using ApiServer server = await StartAsync(Whole, Cut, Span(7, 7, service: "other"));
        JsonElement[] traces = [.. JsonDocument.Parse((await server.Zipkin("/api/v2/traces?" + query)).Body).RootElement.EnumerateArray()];
        Assert.Equal(query.Length == 0 ? 2 : 1, traces.Length);
        Assert.Equal(["1", "2"], SpanIds(traces.Single(trace => trace.GetArrayLength() == 2)));
    }

    [Fact]
    public async Task Strict_ids_keep_them_apart()
    {
        await using ApiServer server = await ApiServer.StartAsync(Whole, Cut);
        Assert.Equal(2, JsonDocument.Parse((await server.Zipkin("/api/v2/traces")).Body).RootElement.GetArrayLength());
        Assert.Equal("[]", (await server.Zipkin("/api/v2/traces?annotationQuery=foo%20and%20error%3Dboom")).Body);
    }

    [Fact]
    public async Task The_time_of_the_whole_decides_not_that_of_the_part_that_meets_the_condition()
    {
        await using ApiServer server = await StartAsync(Whole, Cut);
        // The root starts at T0: a range that ends there contains the trace, one that begins after it does not.
        Assert.NotEqual("[]", (await server.Zipkin($"/api/v2/traces?endTs={T0Us / 1000}&lookback=1&annotationQuery=error")).Body);
        Assert.Equal("[]", (await server.Zipkin($"/api/v2/traces?endTs={T0Us / 1000 + 2}&lookback=1&annotationQuery=error")).Body);
    }

    [Fact]
    public async Task Many_ids_retrieve_whole_traces_each_once()
    {
        Span[] pairs =
        [
            .. Enumerable.Range(1, 3).SelectMany(i => new[] { Span((ulong)i, 1) with { TraceId = new TraceId(High, (ulong)i) }, Span((ulong)i, 2) }),
        ];
        await using ApiServer server = await StartAsync(pairs);
        foreach (string ids in (string[])["1,3", "abc0000000000000001,abc0000000000000003", "1,abc0000000000000001,3,abc0000000000000003"])
        {
            JsonElement[] traces = [.. JsonDocument.Parse((await server.Zipkin("/api/v2/traceMany?traceIds=" + ids)).Body).RootElement.EnumerateArray()];
            Assert.Equal(2, traces.Length);
            Assert.All(traces, trace => Assert.Equal(["1", "2"], SpanIds(trace)));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await server.Zipkin("/api/v2/trace/9")).Status);
    }

    [Fact]
    public async Task The_limit_counts_whole_traces_over_all_pages_of_parts()
    {
        // 120 traces of two parts each: more parts than a page of candidates has.
        Span[] spans = [.. Enumerable.Range(1, 120).SelectMany(i => new[]
        {
            Span((ulong)i, 1, startUs: T0Us + i * 1000) with { TraceId = new TraceId(High, (ulong)i) }, Span((ulong)i, 2, parent: 1, startUs: T0Us + i * 1000 + 1),
        })];
        await using ApiServer server = await StartAsync(spans);
        foreach (int limit in (int[])[1, 100, 1000])
        {
            JsonElement[] traces = [.. JsonDocument.Parse((await server.Zipkin($"/api/v2/traces?limit={limit}")).Body).RootElement.EnumerateArray()];
            Assert.Equal(Math.Min(limit, 120), traces.Length);
            Assert.All(traces, trace => Assert.Equal(2, trace.GetArrayLength()));
            Assert.EndsWith("0000000000000078", traces[0][0].GetProperty("traceId").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<ApiServer> StartAsync(params Span[] spans)
    {
        var store = new MemoryStore();
        await store.AppendAsync(SpanWriter.WriteAll(spans, new SpanBatchBuilder()), CancellationToken.None);
        return await ApiServer.StartAsync(store, options => options with { Zipkin = new() { StrictTraceId = false } });
    }

    private static string[] SpanIds(JsonElement trace) =>
        [.. trace.EnumerateArray().Select(span => span.GetProperty("id").GetString()!.TrimStart('0')).Order(StringComparer.Ordinal)];
}
