using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>
/// Writes spans as OTLP JSON (<c>TracesData</c>; OTLP specification, "JSON Protobuf Encoding"): lowerCamelCase keys, hex ids, 64-bit
/// integers as strings, enums as numbers, fields at their default left out.
/// </summary>
/// <remarks>What OTLP has no fields for leaves as <see cref="OtlpProtobufEncoder"/> says.</remarks>
public static class OtlpJsonEncoder
{
    /// <summary>Writes one object <c>{"resourceSpans":[…]}</c>, grouping spans by resource and scope.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<Span> spans)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("resourceSpans"u8);
        WriteResourceSpans(writer, spans);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes the items of the array <c>resourceSpans</c> alone, for answers that are put together from several traces.</summary>
    public static void WriteResourceSpans(Utf8JsonWriter writer, IEnumerable<Span> spans)
    {
        foreach (ResourceGroup group in ResourceGroup.Of(spans))
        {
            writer.WriteStartObject();
            WriteResource(writer, group.Resource);
            writer.WriteStartArray("scopeSpans"u8);
            foreach (ScopeGroup scope in group.Scopes)
                WriteScopeSpans(writer, scope);
            writer.WriteEndArray();
            writer.WriteText("schemaUrl"u8, group.Resource.SchemaUrl);
            writer.WriteEndObject();
        }
    }

    private static void WriteResource(Utf8JsonWriter writer, Resource resource)
    {
        writer.WriteStartObject("resource"u8);
        writer.WriteAttributes(resource.Attributes);
        writer.WriteCount("droppedAttributesCount"u8, resource.DroppedAttributesCount);
        writer.WriteEndObject();
    }

    private static void WriteScopeSpans(Utf8JsonWriter writer, ScopeGroup group)
    {
        Scope scope = group.Scope;
        writer.WriteStartObject();
        writer.WriteStartObject("scope"u8);
        writer.WriteText("name"u8, scope.Name);
        writer.WriteText("version"u8, scope.Version);
        writer.WriteAttributes(scope.Attributes);
        writer.WriteCount("droppedAttributesCount"u8, scope.DroppedAttributesCount);
        writer.WriteEndObject();
        writer.WriteStartArray("spans"u8);
        foreach (Span span in group.Spans)
            OtlpJsonSpanWriter.Write(writer, span);
        writer.WriteEndArray();
        writer.WriteText("schemaUrl"u8, scope.SchemaUrl);
        writer.WriteEndObject();
    }
}
