namespace Clew.Model;

/// <summary>What produced a span: a process, its host, its version. Jaeger calls it Process; Zipkin's is the local endpoint's name.</summary>
public sealed record Resource(AttributeList Attributes)
{
    public static Resource None { get; } = new(AttributeList.None);

    public uint DroppedAttributesCount { get; init; }

    public string SchemaUrl { get; init; } = "";

    /// <summary>The value of <c>service.name</c>; null when the sender gave none.</summary>
    public string? ServiceName => Attributes.TextOf(AttributeKeys.ServiceName) is { Length: > 0 } name ? name : null;
}
