namespace Clew.Model;

/// <summary>The instrumentation scope (library) that recorded a span.</summary>
public sealed record Scope(string Name, string Version)
{
    public static Scope None { get; } = new("", "");

    public AttributeList Attributes { get; init; } = AttributeList.None;

    public uint DroppedAttributesCount { get; init; }

    public string SchemaUrl { get; init; } = "";
}
