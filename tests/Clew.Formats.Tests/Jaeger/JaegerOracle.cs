using Clew.Model;

namespace Clew.Formats.Tests.Jaeger;

/// <summary>What a Jaeger batch means, written for reading and not for speed: the decoder must agree with it.</summary>
internal static class JaegerOracle
{
    public static Span[] Spans(TestBatch batch)
    {
        KeyValue[] service = batch.Process.ServiceName.Length == 0 ? [] : [Text("service.name", batch.Process.ServiceName)];
        var resource = new Resource(new AttributeList([.. service, .. batch.Process.Tags]));
        return [.. batch.Spans.Select(span => Span(span, resource))];
    }

    private static Span Span(TestSpan span, Resource resource)
    {
        List<KeyValue> tags = [.. span.Tags];
        bool isError = tags.RemoveAll(tag => tag == new KeyValue("error", AttributeValue.From(true)) || tag == Text("error", "true")) > 0;
        KeyValue? code = Take(tags, "otel.status_code", value => StatusOf(value) != StatusCode.Unset);
        KeyValue? kind = Take(tags, "span.kind", value => KindOf(value) != SpanKind.Unspecified);
        StatusCode said = code is null ? StatusCode.Unset : StatusOf(code.Value.Value);
        string message = TakeText(tags, "otel.status_description");
        string traceState = TakeText(tags, "w3c.tracestate");
        if (isError && said == StatusCode.Ok)
            tags.Add(code!.Value);
        string scopeName = TakeScope(tags, "name");
        string scopeVersion = TakeScope(tags, "version");
        SpanId parent = ParentOf(span);
        return new Span
        {
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            ParentSpanId = parent,
            Name = span.Name,
            Kind = kind is null ? SpanKind.Unspecified : KindOf(kind.Value.Value),
            StartNs = span.StartUs * 1000,
            DurationNs = span.DurationUs * 1000,
            Status = isError ? StatusCode.Error : said,
            StatusMessage = message,
            TraceState = traceState,
            Flags = (uint)span.Flags & 1,
            Traits = ((span.Flags & 2) != 0 ? SpanTraits.Debug : 0) | ((span.Flags & 8) != 0 ? SpanTraits.Firehose : 0),
            Resource = resource,
            Scope = new Scope(scopeName, scopeVersion),
            Attributes = new AttributeList([.. tags]),
            Events = new EquatableList<SpanEvent>([.. span.Logs.Select(Event)]),
            Links = new EquatableList<SpanLink>([.. span.References.Where(r => r.FollowsFrom || !IsTo(r, span, parent)).Select(Link)]),
        };
    }

    public static SpanId ParentOf(TestSpan span)
    {
        if (!span.ParentSpanId.IsZero)
            return span.ParentSpanId;
        TestReference? reference = span.References.Where(r => r.TraceId == span.TraceId).OrderBy(r => r.FollowsFrom).FirstOrDefault();
        return reference?.SpanId ?? default;
    }

    private static bool IsTo(TestReference reference, TestSpan span, SpanId parent) => reference.TraceId == span.TraceId && reference.SpanId == parent;

    private static SpanLink Link(TestReference reference) => new(reference.TraceId, reference.SpanId)
    {
        Attributes = new AttributeList(Text("opentracing.ref_type", reference.FollowsFrom ? "follows_from" : "child_of")),
    };

    private static SpanEvent Event(TestLog log)
    {
        KeyValue[] events = [.. log.Fields.Where(field => field.Key == "event")];
        string name = events.Where(IsText).Select(field => field.Value.AsString()).FirstOrDefault("");
        IEnumerable<KeyValue> kept = log.Fields.Where(field => field.Key != "event" || name.Length == 0 || events.Length > 1);
        return new SpanEvent(log.TimeUs * 1000, name) { Attributes = new AttributeList([.. kept]) };
    }

    private static string TakeScope(List<KeyValue> tags, string part)
    {
        string name = TakeText(tags, $"otel.scope.{part}");
        string library = TakeText(tags, $"otel.library.{part}");
        if (name.Length == 0)
            return library;
        if (library.Length > 0 && library != name)
            tags.Add(Text($"otel.library.{part}", library));
        return name;
    }

    private static string TakeText(List<KeyValue> tags, string key) =>
        Take(tags, key, value => value.Type == AttributeType.String && value.AsString().Length > 0)?.Value.AsString() ?? "";

    private static KeyValue? Take(List<KeyValue> tags, string key, Predicate<AttributeValue> fits)
    {
        int index = tags.FindIndex(tag => tag.Key == key && fits(tag.Value));
        if (index < 0)
            return null;
        KeyValue tag = tags[index];
        tags.RemoveAt(index);
        return tag;
    }

    private static StatusCode StatusOf(AttributeValue value) => (value.Type, value.ToString()) switch
    {
        (AttributeType.String, "ERROR") or (AttributeType.Int64, "1") => StatusCode.Error,
        (AttributeType.String, "OK") or (AttributeType.Int64, "2") => StatusCode.Ok,
        _ => StatusCode.Unset,
    };

    private static SpanKind KindOf(AttributeValue value) =>
        value.Type == AttributeType.String && value.AsString() is "internal" or "server" or "client" or "producer" or "consumer"
            ? Enum.Parse<SpanKind>(value.AsString(), ignoreCase: true)
            : SpanKind.Unspecified;

    private static bool IsText(KeyValue tag) => tag.Value.Type == AttributeType.String && tag.Value.AsString().Length > 0;

    private static KeyValue Text(string key, string value) => new(key, AttributeValue.From(value));
}
