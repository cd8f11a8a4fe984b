using System.Text.Json;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests.Pairs;

/// <summary>Jaeger's classic API: trace, search, names, dependencies.</summary>
internal static class JaegerReader
{
    public static async Task AssertAsync(ServerProcess server, SentTrace sent)
    {
        JsonElement answer = await Reading.WaitAsync(
            server.Query, $"api/traces/{sent.TraceId}?raw=true", answer => answer.GetProperty("data")[0].GetProperty("spans").GetArrayLength() == sent.Spans.Length);
        JsonElement trace = answer.GetProperty("data")[0];
        JsonElement[] spans = [.. trace.GetProperty("spans").EnumerateArray()];
        foreach (SentSpan expected in sent.Spans)
        {
            JsonElement span = Assert.Single(spans, s => s.TextOf("spanID") == expected.SpanId && ServiceOf(trace, s) == expected.Service);
            Assert.Equal(expected.Name, span.TextOf("operationName"));
            Assert.Equal(sent.TraceId, span.TextOf("traceID"));
            Assert.Equal(expected.Kind, Tag(span, "span.kind")?.GetString() ?? "internal");
            Assert.Equal(expected.Error, Tag(span, "error") is not null);
            Assert.Equal(expected.ParentId, span.GetProperty("references").EnumerateArray()
                .Where(static r => r.TextOf("refType") == "CHILD_OF").Select(static r => r.TextOf("spanID")).FirstOrDefault());
        }

        string service = Uri.EscapeDataString(sent.Spans[0].Service);
        Assert.Contains(sent.Spans[0].Service, await Reading.StringsAsync(server.Query, "api/services", "data"));
        Assert.Contains(sent.Spans[0].Name, await Reading.StringsAsync(server.Query, $"api/services/{service}/operations", "data"));
        string tags = Uri.EscapeDataString(JsonSerializer.Serialize(new Dictionary<string, string> { [sent.Tag.Key] = sent.Tag.Value }));
        JsonElement found = await Reading.JsonAsync(server.Query, $"api/traces?service={service}&tags={tags}");
        Assert.Equal(sent.TraceId, Assert.Single(found.GetProperty("data").EnumerateArray()).TextOf("traceID"));
        JsonElement links = await Reading.JsonAsync(server.Query, "api/dependencies?lookback=3600000");
        Assert.Contains(links.GetProperty("data").EnumerateArray(), link => link.TextOf("parent") == sent.Spans[0].Service && link.GetProperty("callCount").GetInt64() == 1);
    }

    private static string? ServiceOf(JsonElement trace, JsonElement span) => trace.GetProperty("processes").GetProperty(span.TextOf("processID")!).TextOf("serviceName");

    private static JsonElement? Tag(JsonElement span, string key) => span.GetProperty("tags").EnumerateArray()
        .Where(tag => tag.TextOf("key") == key).Select(static tag => (JsonElement?)tag.GetProperty("value")).FirstOrDefault();
}
