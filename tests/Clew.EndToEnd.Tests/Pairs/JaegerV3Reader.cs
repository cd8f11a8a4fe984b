using System.Globalization;
using System.Text.Json;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests.Pairs;

/// <summary>Jaeger's api_v3 over HTTP: trace as OTLP JSON, search by attribute, summaries, names.</summary>
internal static class JaegerV3Reader
{
    private static readonly string[] Kinds = ["", "internal", "server", "client", "producer", "consumer"];

    public static async Task AssertAsync(ServerProcess server, SentTrace sent)
    {
        JsonElement answer = await Reading.WaitAsync(server.Query, $"api/v3/traces/{sent.TraceId}?rawTraces=true", answer => Spans(answer).Length == sent.Spans.Length);
        (string Service, JsonElement Span)[] spans = Spans(answer);
        foreach (SentSpan expected in sent.Spans)
        {
            JsonElement span = Assert.Single(spans, s => s.Span.TextOf("spanId") == expected.SpanId && s.Service == expected.Service).Span;
            Assert.Equal(expected.Name, span.TextOf("name"));
            Assert.Equal(sent.TraceId.PadLeft(32, '0'), span.TextOf("traceId"));
            Assert.Equal(expected.Kind, Kinds[int.Parse(span.TextOf("kind") ?? "1", CultureInfo.InvariantCulture)]);
            Assert.Equal(expected.ParentId, span.TextOf("parentSpanId"));
            Assert.Equal(expected.Error, span.TryGetProperty("status", out JsonElement status) && status.TextOf("code") == "2");
        }

        string range = $"query.startTimeMin={Time(-1)}&query.startTimeMax={Time(1)}&query.serviceName={Uri.EscapeDataString(sent.Spans[0].Service)}";
        string attributes = Uri.EscapeDataString(JsonSerializer.Serialize(new Dictionary<string, string> { [sent.Tag.Key] = sent.Tag.Value }));
        JsonElement found = await Reading.JsonAsync(server.Query, $"api/v3/traces?{range}&query.attributes={attributes}&query.rawTraces=true");
        Assert.Equal(sent.Spans.Select(static span => span.SpanId).Order(), Spans(found).Select(static span => span.Span.TextOf("spanId")!).Order());
        JsonElement summary = Assert.Single((await Reading.JsonAsync(server.Query, $"api/v3/trace-summaries?{range}")).GetProperty("summaries").EnumerateArray());
        Assert.Equal((sent.TraceId.PadLeft(32, '0'), sent.Spans[0].Name), (summary.TextOf("traceId"), summary.TextOf("rootOperationName")));
        Assert.Equal((sent.Spans.Length, 1), (summary.GetProperty("spanCount").GetInt32(), summary.GetProperty("errorSpanCount").GetInt32()));
        Assert.Contains(sent.Spans[0].Service, await Reading.StringsAsync(server.Query, "api/v3/services", "services"));
    }

    private static string Time(int hours) => Uri.EscapeDataString(DateTime.UtcNow.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static (string Service, JsonElement Span)[] Spans(JsonElement answer) =>
    [
        .. from resource in answer.GetProperty("result").GetProperty("resourceSpans").EnumerateArray()
           let service = resource.GetProperty("resource").GetProperty("attributes").EnumerateArray()
               .Single(static attribute => attribute.TextOf("key") == "service.name").GetProperty("value").TextOf("stringValue")
           from scope in resource.GetProperty("scopeSpans").EnumerateArray()
           from span in scope.GetProperty("spans").EnumerateArray()
           select (service, span),
    ];
}
