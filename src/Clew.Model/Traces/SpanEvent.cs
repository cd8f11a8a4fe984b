namespace Clew.Model;

/// <summary>Something that happened at one moment of a span: OTLP's Event, Jaeger's Log, Zipkin's Annotation.</summary>
public sealed record SpanEvent(long TimeNs, string Name)
{
    public AttributeList Attributes { get; init; } = AttributeList.None;

    public uint DroppedAttributesCount { get; init; }
}
