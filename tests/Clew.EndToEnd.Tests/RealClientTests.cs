using System.Net;
using System.Text.Json;
using Clew.EndToEnd.Tests.Support;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests;

/// <summary>Sent by a real client library, seen through Jaeger's API, Zipkin's API and the pages.</summary>
public sealed class RealClientTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [RealClientTheory]
    [InlineData("otlp-grpc", "otlpGrpc")]
    [InlineData("otlp-grpc-gzip", "otlpGrpc")]
    [InlineData("otlp-http-proto", "otlpHttp")]
    [InlineData("otlp-http-proto-gzip", "otlpHttp")]
    [InlineData("otlp-http-json", "otlpHttp")]
    [InlineData("otlp-http-json-gzip", "otlpHttp")]
    [InlineData("otel-zipkin", "zipkin")]
    [InlineData("jaeger-udp", "jaegerBinary")]
    [InlineData("jaeger-http", "jaegerHttp")]
    [InlineData("jaeger-grpc", "jaegerGrpc")]
    [InlineData("zipkin", "zipkin")]
    [InlineData("zipkin-v1", "zipkin")]
    [InlineData("zipkin-proto3", "zipkin")]
    [InlineData("zipkin-grpc", "zipkin")]
    public async Task What_a_client_sends_is_seen_through_every_api_and_page(string client, string listener)
    {
        SentTrace sent = await NodeClients.SendAsync(client, server.Target(listener), $"e2e-{client}");

        await AssertJaegerApi(sent);
        await AssertZipkinApi(sent);
        await AssertPages(sent);
    }

    [RealClientTheory]
    [InlineData("jaeger-grpc", "jaegerGrpc")]
    [InlineData("otlp-grpc", "otlpGrpc")]
    public async Task A_real_grpc_client_finds_a_trace_through_both_query_services(string client, string listener)
    {
        SentTrace sent = await NodeClients.SendAsync(client, server.Target(listener), $"ask-{client}");

        JsonElement answer = await NodeClients.QueryAsync(server.Target("queryGrpc"), sent.TraceId, sent.Spans[0].Service);

        string[] spanIds = [.. sent.Spans.Select(static span => span.SpanId).Order()];
        foreach (string version in new[] { "v2", "v3" })
        {
            foreach (string way in new[] { "trace", "found" })
                Assert.Equal(spanIds, answer.GetProperty(version).GetProperty(way).EnumerateArray().Select(static span => span.GetProperty("spanId").GetString()).Order());
            Assert.Contains(sent.Spans[0].Service, answer.GetProperty(version).GetProperty("services").EnumerateArray().Select(static service => service.GetString()));
        }
        Assert.Contains(answer.GetProperty("v2").GetProperty("trace").EnumerateArray(), span =>
            span.GetProperty("service").GetString() == sent.Spans[0].Service && span.GetProperty("name").GetString() == sent.Spans[0].Name);
        Assert.Contains("POST /checkout server", answer.GetProperty("v2").GetProperty("operations").EnumerateArray().Select(static operation => operation.GetString()));
        Assert.Equal($"{sent.TraceId} POST /checkout 4 1", Assert.Single(answer.GetProperty("v3").GetProperty("summaries").EnumerateArray()).GetString());
        Assert.Equal("NOT_FOUND: trace not found", answer.GetProperty("missing").GetString());
    }

    private async Task AssertJaegerApi(SentTrace sent)
    {
        JsonElement trace = default;
        await Eventually.True(async () =>
        {
            using HttpResponseMessage answer = await server.Query.GetAsync($"api/traces/{sent.TraceId}?raw=true");
            if (answer.StatusCode != HttpStatusCode.OK)
                return false;
            trace = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0];
            return trace.GetProperty("spans").GetArrayLength() == sent.Spans.Length;
        }, Patience, () => $"Jaeger's API has not all spans of {sent.TraceId}: {trace}");

        JsonElement[] spans = [.. trace.GetProperty("spans").EnumerateArray()];
        foreach (SentSpan expected in sent.Spans)
        {
            JsonElement span = Assert.Single(spans, s =>
                s.GetProperty("spanID").GetString() == expected.SpanId && ServiceOf(trace, s) == expected.Service);
            Assert.Equal(expected.Name, span.GetProperty("operationName").GetString());
            Assert.Equal(sent.TraceId, span.GetProperty("traceID").GetString());
            Assert.Equal(expected.Kind == "internal" ? null : expected.Kind, Tag(span, "span.kind")?.GetString() is "internal" ? null : Tag(span, "span.kind")?.GetString());
            Assert.Equal(expected.Error, Tag(span, "error") is not null);
            Assert.Equal(expected.ParentId, span.GetProperty("references").EnumerateArray()
                .Where(r => r.GetProperty("refType").GetString() == "CHILD_OF").Select(r => r.GetProperty("spanID").GetString()).FirstOrDefault());
        }

        string service = Uri.EscapeDataString(sent.Spans[0].Service);
        Assert.Contains(sent.Spans[0].Service, await Strings(server.Query, "api/services", "data"));
        Assert.Contains(sent.Spans[0].Name, await Strings(server.Query, $"api/services/{service}/operations", "data"));
        string tags = Uri.EscapeDataString(JsonSerializer.Serialize(new Dictionary<string, string> { [sent.Tag.Key] = sent.Tag.Value }));
        JsonElement found = await Json(server.Query, $"api/traces?service={service}&tags={tags}");
        Assert.Equal(sent.TraceId, Assert.Single(found.GetProperty("data").EnumerateArray()).GetProperty("traceID").GetString());
        JsonElement links = await Json(server.Query, "api/dependencies?lookback=3600000");
        Assert.Contains(links.GetProperty("data").EnumerateArray(), link =>
            link.GetProperty("parent").GetString() == sent.Spans[0].Service && link.GetProperty("callCount").GetInt64() == 1);
    }

    private async Task AssertZipkinApi(SentTrace sent)
    {
        JsonElement trace = await Json(server.Zipkin, $"api/v2/trace/{sent.TraceId}");
        JsonElement[] spans = [.. trace.EnumerateArray()];
        Assert.Equal(sent.Spans.Length, spans.Length);
        foreach (SentSpan expected in sent.Spans)
        {
            JsonElement span = Assert.Single(spans, s => s.GetProperty("id").GetString() == expected.SpanId
                && s.GetProperty("localEndpoint").GetProperty("serviceName").GetString() == expected.Service);
            Assert.Equal(expected.Name.ToLowerInvariant(), span.GetProperty("name").GetString());
            Assert.Equal(expected.ParentId, span.TryGetProperty("parentId", out JsonElement parent) ? parent.GetString() : null);
            Assert.Equal(expected.Kind == "internal" ? null : expected.Kind.ToUpperInvariant(), span.TryGetProperty("kind", out JsonElement kind) ? kind.GetString() : null);
            Assert.Equal(expected.Shared, span.TryGetProperty("shared", out JsonElement shared) && shared.GetBoolean());
            Assert.Equal(expected.Error, span.TryGetProperty("tags", out JsonElement spanTags) && spanTags.TryGetProperty("error", out _));
        }
        string query = $"api/v2/traces?serviceName={sent.Spans[0].Service}&annotationQuery={Uri.EscapeDataString($"{sent.Tag.Key}={sent.Tag.Value}")}";
        JsonElement found = await Json(server.Zipkin, query);
        Assert.Equal(sent.TraceId, Assert.Single(found.EnumerateArray())[0].GetProperty("traceId").GetString());
    }

    private async Task AssertPages(SentTrace sent)
    {
        string search = await server.Query.GetStringAsync($"search?service={Uri.EscapeDataString(sent.Spans[0].Service)}");
        Assert.Contains(sent.TraceId, search);
        string page = await server.Query.GetStringAsync($"trace/{sent.TraceId}");
        foreach (SentSpan span in sent.Spans)
            Assert.Contains(span.Name, page);
    }

    private static string? ServiceOf(JsonElement trace, JsonElement span) =>
        trace.GetProperty("processes").GetProperty(span.GetProperty("processID").GetString()!).GetProperty("serviceName").GetString();

    private static JsonElement? Tag(JsonElement span, string key) => span.GetProperty("tags").EnumerateArray()
        .Where(tag => tag.GetProperty("key").GetString() == key).Select(tag => (JsonElement?)tag.GetProperty("value")).FirstOrDefault();

    private static async Task<JsonElement> Json(HttpClient client, string path) =>
        JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;

    private static async Task<IEnumerable<string?>> Strings(HttpClient client, string path, string property) =>
        (await Json(client, path)).GetProperty(property).EnumerateArray().Select(static item => item.GetString());
}
