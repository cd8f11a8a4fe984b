using System.Text.Json;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Formats.Tests.Jaeger;

/// <summary>What a Jaeger client sends comes out of Jaeger's API as it was sent.</summary>
public sealed class JaegerRoundTripTests
{
    [Fact]
    public void A_batch_comes_out_with_everything_it_went_in_with()
    {
        var builder = new SpanBatchBuilder();
        Properties.ForAll(JaegerGen.Plain, batch =>
        {
            byte[] payload = JaegerTestEncoder.Encode(batch, BatchFormat.JaegerThriftCompactMessage);
            Span[] spans = SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.JaegerThriftCompactMessage, payload, builder));
            Assert.Equal(batch.Spans.Count, spans.Length);
            foreach ((TestSpan sent, Span span) in batch.Spans.Zip(spans))
                AssertSame(sent, batch.Process, JaegerJson.Element(span));
        });
    }

    private static void AssertSame(TestSpan sent, TestProcess process, JsonElement trace)
    {
        JsonElement json = trace.GetProperty("spans")[0];
        Assert.Equal(sent.TraceId.ToShortString(), json.GetProperty("traceID").GetString());
        Assert.Equal(sent.SpanId.ToString(), json.GetProperty("spanID").GetString());
        Assert.Equal(sent.Name, json.GetProperty("operationName").GetString());
        Assert.Equal(sent.Flags, json.TryGetProperty("flags", out JsonElement flags) ? flags.GetInt32() : 0);
        Assert.Equal(sent.StartUs, json.GetProperty("startTime").GetInt64());
        Assert.Equal(sent.DurationUs, json.GetProperty("duration").GetInt64());
        Assert.Equal(References(sent), References(json));
        Assert.Equal(Tags(sent), JaegerJson.Tags(json.GetProperty("tags")).ToHashSet());

        Assert.Equal(sent.Logs.Count, json.GetProperty("logs").GetArrayLength());
        foreach ((TestLog log, JsonElement found) in sent.Logs.Zip(json.GetProperty("logs").EnumerateArray()))
        {
            Assert.Equal(log.TimeUs, found.GetProperty("timestamp").GetInt64());
            Assert.Equal(log.Fields.Select(JaegerJson.Tag).Order(), JaegerJson.Tags(found.GetProperty("fields")).Order());
        }

        JsonElement shown = trace.GetProperty("processes").GetProperty("p1");
        Assert.Equal(process.ServiceName.Length == 0 ? AttributeKeys.UnknownService : process.ServiceName, shown.GetProperty("serviceName").GetString());
        Assert.Equal(process.Tags.Select(JaegerJson.Tag).Order(), JaegerJson.Tags(shown.GetProperty("tags")).Order());
    }

    // An error is said in both OpenTracing's and OpenTelemetry's words, whichever it came in.
    private static HashSet<(string, string, string)> Tags(TestSpan sent)
    {
        HashSet<(string, string, string)> tags = [.. sent.Tags.Select(JaegerJson.Tag)];
        if (tags.Contains(("error", "bool", "true")))
            tags.Add(("otel.status_code", "string", "\"ERROR\""));
        return tags;
    }

    // The parent is a reference even when only parentSpanId named it. A span can follow from its parent or be its child, not both.
    private static HashSet<(string, string, string)> References(TestSpan sent)
    {
        HashSet<TestReference> references = [.. sent.References];
        SpanId parent = JaegerOracle.ParentOf(sent);
        var child = new TestReference(false, sent.TraceId, parent);
        if (references.Contains(child with { FollowsFrom = true }))
            references.Remove(child);
        else if (!parent.IsZero)
            references.Add(child);
        return [.. references.Select(r => (r.FollowsFrom ? "FOLLOWS_FROM" : "CHILD_OF", r.TraceId.ToShortString(), r.SpanId.ToString()))];
    }

    private static HashSet<(string, string, string)> References(JsonElement span) =>
    [
        .. span.GetProperty("references").EnumerateArray().Select(reference => (
            reference.GetProperty("refType").GetString()!, reference.GetProperty("traceID").GetString()!, reference.GetProperty("spanID").GetString()!)),
    ];
}
