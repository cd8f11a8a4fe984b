using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Writes OTLP JSON's <c>Span</c> with its events, links and status.</summary>
internal static class OtlpJsonSpanWriter
{
    public static void Write(Utf8JsonWriter writer, Span span)
    {
        writer.WriteStartObject();
        writer.WriteId("traceId"u8, span.TraceId);
        writer.WriteId("spanId"u8, span.SpanId);
        writer.WriteText("traceState"u8, span.TraceState);
        if (!span.ParentSpanId.IsZero)
            writer.WriteId("parentSpanId"u8, span.ParentSpanId);
        writer.WriteCount("flags"u8, span.Flags);
        writer.WriteText("name"u8, span.Name);
        writer.WriteCount("kind"u8, (uint)span.Kind);
        writer.WriteTime("startTimeUnixNano"u8, span.StartNs);
        writer.WriteTime("endTimeUnixNano"u8, span.EndNs);
        writer.WriteAttributes(span.Attributes, OtlpRules.RemoteEndpointAttributes(span));
        writer.WriteCount("droppedAttributesCount"u8, span.DroppedAttributesCount);
        WriteEvents(writer, span);
        writer.WriteCount("droppedEventsCount"u8, span.DroppedEventsCount);
        WriteLinks(writer, span);
        writer.WriteCount("droppedLinksCount"u8, span.DroppedLinksCount);
        WriteStatus(writer, span);
        writer.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter writer, Span span)
    {
        if (span.Events.Count == 0)
            return;
        writer.WriteStartArray("events"u8);
        foreach (SpanEvent item in span.Events)
        {
            writer.WriteStartObject();
            writer.WriteTime("timeUnixNano"u8, item.TimeNs);
            writer.WriteText("name"u8, item.Name);
            writer.WriteAttributes(item.Attributes);
            writer.WriteCount("droppedAttributesCount"u8, item.DroppedAttributesCount);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter writer, Span span)
    {
        if (span.Links.Count == 0)
            return;
        writer.WriteStartArray("links"u8);
        foreach (SpanLink link in span.Links)
        {
            writer.WriteStartObject();
            writer.WriteId("traceId"u8, link.TraceId);
            writer.WriteId("spanId"u8, link.SpanId);
            writer.WriteText("traceState"u8, link.TraceState);
            writer.WriteAttributes(link.Attributes);
            writer.WriteCount("droppedAttributesCount"u8, link.DroppedAttributesCount);
            writer.WriteCount("flags"u8, link.Flags);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteStatus(Utf8JsonWriter writer, Span span)
    {
        if (span.Status == StatusCode.Unset && span.StatusMessage.Length == 0)
            return;
        writer.WriteStartObject("status"u8);
        writer.WriteText("message"u8, span.StatusMessage);
        writer.WriteCount("code"u8, (uint)span.Status);
        writer.WriteEndObject();
    }
}
