using System.Text.Json;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests.Pairs;

/// <summary>Zipkin's API v2: trace and search by tag.</summary>
internal static class ZipkinReader
{
    public static async Task AssertAsync(ServerProcess server, SentTrace sent)
    {
        JsonElement trace = await Reading.WaitAsync(server.Zipkin, $"api/v2/trace/{sent.TraceId}", trace => trace.GetArrayLength() == sent.Spans.Length);
        JsonElement[] spans = [.. trace.EnumerateArray()];
        foreach (SentSpan expected in sent.Spans)
        {
            JsonElement span = Assert.Single(spans, s => s.TextOf("id") == expected.SpanId && s.GetProperty("localEndpoint").TextOf("serviceName") == expected.Service);
            Assert.Equal(expected.Name.ToLowerInvariant(), span.TextOf("name"));
            Assert.Equal(expected.ParentId, span.TextOf("parentId"));
            Assert.Equal(expected.Kind == "internal" ? null : expected.Kind.ToUpperInvariant(), span.TextOf("kind"));
            Assert.Equal(expected.Shared, span.TryGetProperty("shared", out JsonElement shared) && shared.GetBoolean());
            Assert.Equal(expected.Error, span.TryGetProperty("tags", out JsonElement tags) && tags.TryGetProperty("error", out _));
        }
        string query = $"api/v2/traces?serviceName={sent.Spans[0].Service}&annotationQuery={Uri.EscapeDataString($"{sent.Tag.Key}={sent.Tag.Value}")}";
        JsonElement found = await Reading.JsonAsync(server.Zipkin, query);
        Assert.Equal(sent.TraceId, Assert.Single(found.EnumerateArray())[0].TextOf("traceId"));
    }
}
