using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>A span's <c>warnings</c>: those it came with, and what was repaired on the way in.</summary>
internal static class JaegerWarnings
{
    private const string NegativeDuration = "Negative duration: the span was sent with an end before its start; its duration is shown as 0";

    /// <summary>Whether the attribute carries warnings rather than being a tag.</summary>
    public static bool IsWarnings(KeyValue attribute)
    {
        if (attribute.Key != AttributeKeys.JaegerWarnings || attribute.Value.Type != AttributeType.Array)
            return false;
        foreach (AttributeValue item in attribute.Value.AsArray())
        {
            if (item.Type != AttributeType.String)
                return false;
        }
        return true;
    }

    /// <summary>Writes the property: an array, or null when there is nothing to warn of.</summary>
    public static void Write(Utf8JsonWriter writer, Span span)
    {
        bool started = false;
        foreach (KeyValue attribute in span.Attributes.AsSpan())
        {
            if (!IsWarnings(attribute))
                continue;
            foreach (AttributeValue item in attribute.Value.AsArray())
                WriteOne(item.AsString());
        }
        if (span.Traits.HasFlag(SpanTraits.NegativeDuration))
            WriteOne(NegativeDuration);
        if (started)
            writer.WriteEndArray();
        else
            writer.WriteNull(JaegerJsonNames.Warnings);

        void WriteOne(string text)
        {
            if (!started)
                writer.WriteStartArray(JaegerJsonNames.Warnings);
            started = true;
            writer.WriteStringValue(text);
        }
    }
}
