using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>A span's <c>references</c>: its parent first, then its links.</summary>
internal static class JaegerReferences
{
    public static void Write(Utf8JsonWriter writer, Span span)
    {
        writer.WriteStartArray(JaegerJsonNames.References);
        if (!span.ParentSpanId.IsZero)
            WriteOne(writer, ParentType(span), span.TraceId, span.ParentSpanId);
        foreach (SpanLink link in span.Links.AsSpan())
        {
            if (!IsParent(link, span))
                WriteOne(writer, TypeOf(link), link.TraceId, link.SpanId);
        }
        writer.WriteEndArray();
    }

    // A link to the parent says of what type the parent reference was; it is not a second reference.
    private static JsonEncodedText ParentType(Span span)
    {
        JsonEncodedText type = JaegerJsonNames.ChildOf;
        foreach (SpanLink link in span.Links.AsSpan())
        {
            if (IsParent(link, span))
                type = TypeOf(link);
        }
        return type;
    }

    private static bool IsParent(SpanLink link, Span span) =>
        !span.ParentSpanId.IsZero && link.SpanId == span.ParentSpanId && link.TraceId == span.TraceId;

    private static JsonEncodedText TypeOf(SpanLink link) =>
        link.Attributes.TextOf(AttributeKeys.OpenTracingRefType) == JaegerKeys.ChildOf ? JaegerJsonNames.ChildOf : JaegerJsonNames.FollowsFrom;

    private static void WriteOne(Utf8JsonWriter writer, JsonEncodedText type, TraceId traceId, SpanId spanId)
    {
        writer.WriteStartObject();
        writer.WriteString(JaegerJsonNames.RefType, type);
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.TraceId, traceId);
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.SpanId, spanId);
        writer.WriteEndObject();
    }
}
