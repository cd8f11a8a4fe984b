using Clew.Model;

namespace Clew.Server.Tests.Api;

/// <summary>Short forms for the spans of API tests.</summary>
internal static class ApiSpans
{
    /// <summary>The start of every span unless another is given: Unix microseconds.</summary>
    public const long T0Us = 1_795_000_000_000_000;

    public static Span Span(ulong trace, ulong id, ulong parent = 0, string? service = "web", string name = "GET /", long startUs = T0Us, long durationUs = 1000) => new()
    {
        TraceId = new TraceId(0, trace),
        SpanId = new SpanId(id),
        ParentSpanId = new SpanId(parent),
        Name = name,
        StartNs = startUs * 1000,
        DurationNs = durationUs * 1000,
        Resource = service is null ? Resource.None : new Resource(Attributes((AttributeKeys.ServiceName, service))),
    };

    public static Span With(this Span span, params (string Key, object Value)[] attributes) => span with { Attributes = Attributes(attributes) };

    public static Span WithResource(this Span span, params (string Key, object Value)[] attributes) =>
        span with { Resource = new Resource(new AttributeList([.. span.Resource.Attributes, .. Attributes(attributes)])) };

    public static Span WithEvent(this Span span, string name, params (string Key, object Value)[] attributes) =>
        span with { Events = new EquatableList<SpanEvent>([.. span.Events, new SpanEvent(span.StartNs + 1000, name) { Attributes = Attributes(attributes) }]) };

    public static AttributeList Attributes(params (string Key, object Value)[] attributes) => new([.. attributes.Select(a => new KeyValue(a.Key, Value(a.Value)))]);

    private static AttributeValue Value(object value) => value switch
    {
        string text => AttributeValue.From(text),
        bool flag => AttributeValue.From(flag),
        int number => AttributeValue.From(number),
        long number => AttributeValue.From(number),
        double number => AttributeValue.From(number),
        _ => throw new ArgumentException($"No attribute value for {value.GetType()}."),
    };
}
