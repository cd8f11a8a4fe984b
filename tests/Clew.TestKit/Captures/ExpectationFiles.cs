using System.Text.Json;

namespace Clew.TestKit.Captures;

/// <summary>
/// Reads the two kinds of expectation files beside the captures: <c>.expect.jsonl</c> (Node clients; one trace a line, typed
/// attributes, events, links) and <c>.expected.jsonl</c> (Go clients; one call a line, attributes in Go's text form).
/// </summary>
internal static class ExpectationFiles
{
    public static IReadOnlyList<ExpectedSpan> Read(string capture)
    {
        string node = Path.Combine(Fixtures.Captures, $"{capture}.expect.jsonl");
        return File.Exists(node)
            ? [.. Lines(node).SelectMany(NodeTrace)]
            : [.. Lines(Path.Combine(Fixtures.Captures, $"{capture}.expected.jsonl")).SelectMany(GoCall)];
    }

    private static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line));

    private static IEnumerable<ExpectedSpan> NodeTrace(JsonElement trace) =>
        from span in trace.GetProperty("spans").EnumerateArray()
        select new ExpectedSpan
        {
            TraceId = trace.GetProperty("traceId").GetString()!,
            SpanId = span.GetProperty("spanId").GetString()!,
            ParentSpanId = Text(span, "parentId"),
            ServiceName = Text(span, "service")!,
            Name = Text(span, "name")!,
            Kind = Text(span, "kind"),
            StartUs = span.GetProperty("startUs").GetInt64(),
            DurationUs = span.GetProperty("durationUs").GetInt64(),
            IsError = Text(span, "error") is not null,
            StatusMessage = Text(span, "error"),
            Shared = Flag(span, "shared"),
            RemoteServiceName = Text(span, "peer"),
            Attributes = NodeAttributes(span.GetProperty("tags")),
            ResourceAttributes = NodeAttributes(span.GetProperty("processTags")),
            Events = [.. from item in span.GetProperty("events").EnumerateArray()
                         select new ExpectedEvent(Text(item, "name")!, item.GetProperty("timestampUs").GetInt64(), NodeAttributes(item.GetProperty("fields")))],
            Links = [.. from item in span.GetProperty("links").EnumerateArray()
                        select new ExpectedLink(Text(item, "traceId")!, Text(item, "spanId")!, Text(item, "refType")!)],
        };

    private static IEnumerable<ExpectedSpan> GoCall(JsonElement call) =>
        from span in call.GetProperty("spans").EnumerateArray()
        let durationUs = span.GetProperty("duration_us").GetInt64()
        select new ExpectedSpan
        {
            TraceId = Text(span, "trace_id")!,
            SpanId = Text(span, "span_id")!,
            ParentSpanId = Text(span, "parent_id"),
            ServiceName = Text(span, "service")!,
            Name = Text(span, "name")!,
            Kind = Text(span, "kind"),
            StartUs = span.GetProperty("start_us").GetInt64(),
            DurationUs = durationUs < 0 ? null : durationUs,
            IsError = Flag(span, "error"),
            Shared = Flag(span, "shared"),
            Attributes = span.TryGetProperty("tags", out JsonElement tags)
                ? [.. tags.EnumerateObject().Select(tag => new ExpectedAttribute(tag.Name, null, tag.Value.GetString()!))]
                : [],
        };

    private static List<ExpectedAttribute> NodeAttributes(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => new ExpectedAttribute(Text(item, "key")!, Text(item, "type")!, Scalar(item.GetProperty("value"))))];

    private static string Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;
}
