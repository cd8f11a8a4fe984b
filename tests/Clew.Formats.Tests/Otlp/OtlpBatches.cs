using Clew.Model;

namespace Clew.Formats.Tests.Otlp;

/// <summary>Spans of ordinary shape, the same on every run.</summary>
internal static class OtlpBatches
{
    /// <summary>One resource with 20 attributes, two scopes, 10 attributes a span of all scalar types, some events, links, arrays and errors.</summary>
    public static List<Span> Ordinary(int count)
    {
        var resource = new Resource(new AttributeList([.. Enumerable.Range(0, 20).Select(i => Text(i == 0 ? "service.name" : $"resource.attribute.{i}", $"value {i}"))]));
        Scope[] scopes = [new Scope("http", "1.2.3"), new Scope("db", "") { Attributes = new AttributeList(Text("pool", "main")) }];
        return [.. Enumerable.Range(0, count).Select(i => Ordinary(i, resource, scopes[i * 2 / count]))];
    }

    private static Span Ordinary(int i, Resource resource, Scope scope) => new()
    {
        TraceId = new TraceId(0x1122334455667788, (ulong)(i / 8 + 1)),
        SpanId = new SpanId((ulong)i * 0x9E3779B97F4A7C15 + 1),
        ParentSpanId = i % 8 == 0 ? default : new SpanId((ulong)(i - 1) * 0x9E3779B97F4A7C15 + 1),
        Name = i % 3 == 0 ? "GET /cart/{id}" : "SELECT cart \"items\"\n",
        Kind = (SpanKind)(i % 6),
        StartNs = 1_795_000_000_000_000_000 + i * 1_000_003L,
        DurationNs = i * 977L,
        Flags = 0x101,
        Status = i % 50 == 0 ? StatusCode.Error : StatusCode.Unset,
        StatusMessage = i % 50 == 0 ? "Grüße: timed out" : "",
        Resource = resource,
        Scope = scope,
        Attributes = new AttributeList(
            Text("http.request.method", "GET"),
            Text("url.path", $"/cart/{i}"),
            Text("user.id", $"user-{i * 7919 % 1000}"),
            Text("net.peer.name", "cart.example"),
            Text("note", "東京 ✓"),
            new KeyValue("http.response.status_code", AttributeValue.From(200L + i % 5)),
            new KeyValue("thread.id", AttributeValue.From((long)i % 64)),
            new KeyValue("cached", AttributeValue.From(i % 2 == 0)),
            new KeyValue("score", AttributeValue.From(i / 3.0)),
            new KeyValue("tags", AttributeValue.FromArray(AttributeValue.From("a"), AttributeValue.From((long)i)))),
        Events = i % 20 == 0
            ? new EquatableList<SpanEvent>(new SpanEvent(1_795_000_000_000_000_000 + i, "exception") { Attributes = new AttributeList(Text("exception.type", "Timeout")) })
            : EquatableList<SpanEvent>.None,
        Links = i % 30 == 0
            ? new EquatableList<SpanLink>(new SpanLink(new TraceId(5, 6), new SpanId(7)) { TraceState = "a=b", DroppedAttributesCount = 1 })
            : EquatableList<SpanLink>.None,
    };

    private static KeyValue Text(string key, string value) => new(key, AttributeValue.From(value));
}
