using System.Text.Json;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests.Pairs;

/// <summary>Jaeger's query services over gRPC, asked by grpc-js: trace and search of api_v2 and api_v3.</summary>
internal static class JaegerGrpcReader
{
    public static async Task AssertAsync(ServerProcess server, SentTrace sent)
    {
        // Over UDP nobody says when the spans are stored.
        await Reading.WaitAsync(
            server.Query, $"api/traces/{sent.TraceId}?raw=true", answer => answer.GetProperty("data")[0].GetProperty("spans").GetArrayLength() == sent.Spans.Length);

        JsonElement answer = await NodeClients.QueryAsync(server.Target("queryGrpc"), sent.TraceId, sent.Spans[0].Service);

        string[] spanIds = [.. sent.Spans.Select(static span => span.SpanId).Order()];
        foreach (string version in new[] { "v2", "v3" })
        {
            foreach (string way in new[] { "trace", "found" })
                Assert.Equal(spanIds, answer.GetProperty(version).GetProperty(way).EnumerateArray().Select(static span => span.TextOf("spanId")).Order());
            Assert.Contains(sent.Spans[0].Service, answer.GetProperty(version).GetProperty("services").EnumerateArray().Select(static service => service.GetString()));
        }
        foreach (SentSpan span in sent.Spans)
        {
            Assert.Contains(answer.GetProperty("v2").GetProperty("trace").EnumerateArray(), one =>
                one.TextOf("spanId") == span.SpanId && one.TextOf("service") == span.Service && one.TextOf("name") == span.Name);
        }
        Assert.Contains($"{sent.Spans[0].Name} {sent.Spans[0].Kind}", answer.GetProperty("v2").GetProperty("operations").EnumerateArray().Select(static operation => operation.GetString()));
        Assert.Equal(
            $"{sent.TraceId.PadLeft(32, '0')} {sent.Spans[0].Name} {sent.Spans.Length} 1",
            Assert.Single(answer.GetProperty("v3").GetProperty("summaries").EnumerateArray()).GetString());
        Assert.Equal("NOT_FOUND: trace not found", answer.TextOf("missing"));
    }
}
