namespace Clew.Model;

/// <summary>
/// A pointer to another span, often of another trace. Links that came as OpenTracing references carry their kind in the
/// attribute <see cref="AttributeKeys.OpenTracingRefType"/>, as Jaeger and the OpenTelemetry collector write it.
/// </summary>
public sealed record SpanLink(TraceId TraceId, SpanId SpanId)
{
    public string TraceState { get; init; } = "";

    public AttributeList Attributes { get; init; } = AttributeList.None;

    public uint DroppedAttributesCount { get; init; }

    public uint Flags { get; init; }
}
