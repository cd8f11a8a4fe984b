using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Writes OTLP's <c>Span</c> with its events, links and status.</summary>
internal static class OtlpProtobufSpanWriter
{
    public static void Write(ProtobufWriter writer, Span span)
    {
        int start = writer.BeginMessage(OtlpTags.ScopeSpans.Spans);
        writer.WriteId(OtlpTags.Span.TraceId, span.TraceId);
        writer.WriteId(OtlpTags.Span.SpanId, span.SpanId);
        writer.WriteText(OtlpTags.Span.TraceState, span.TraceState);
        if (!span.ParentSpanId.IsZero)
            writer.WriteId(OtlpTags.Span.ParentSpanId, span.ParentSpanId);
        writer.WriteText(OtlpTags.Span.Name, span.Name);
        writer.WriteCount(OtlpTags.Span.Kind, (uint)span.Kind);
        writer.WriteTime(OtlpTags.Span.StartTimeUnixNano, span.StartNs);
        writer.WriteTime(OtlpTags.Span.EndTimeUnixNano, span.EndNs);
        writer.WriteAttributes(OtlpTags.Span.Attributes, span.Attributes);
        foreach (KeyValue item in OtlpRules.RemoteEndpointAttributes(span))
            writer.WriteKeyValue(OtlpTags.Span.Attributes, item);
        writer.WriteCount(OtlpTags.Span.DroppedAttributesCount, span.DroppedAttributesCount);
        foreach (SpanEvent item in span.Events)
            WriteEvent(writer, item);
        writer.WriteCount(OtlpTags.Span.DroppedEventsCount, span.DroppedEventsCount);
        foreach (SpanLink link in span.Links)
            WriteLink(writer, link);
        writer.WriteCount(OtlpTags.Span.DroppedLinksCount, span.DroppedLinksCount);
        WriteStatus(writer, span);
        if (span.Flags != 0)
            writer.WriteFixed32(OtlpTags.Span.Flags, span.Flags);
        writer.EndMessage(start);
    }

    private static void WriteEvent(ProtobufWriter writer, SpanEvent item)
    {
        int start = writer.BeginMessage(OtlpTags.Span.Events);
        writer.WriteTime(OtlpTags.Event.TimeUnixNano, item.TimeNs);
        writer.WriteText(OtlpTags.Event.Name, item.Name);
        writer.WriteAttributes(OtlpTags.Event.Attributes, item.Attributes);
        writer.WriteCount(OtlpTags.Event.DroppedAttributesCount, item.DroppedAttributesCount);
        writer.EndMessage(start);
    }

    private static void WriteLink(ProtobufWriter writer, SpanLink link)
    {
        int start = writer.BeginMessage(OtlpTags.Span.Links);
        writer.WriteId(OtlpTags.Link.TraceId, link.TraceId);
        writer.WriteId(OtlpTags.Link.SpanId, link.SpanId);
        writer.WriteText(OtlpTags.Link.TraceState, link.TraceState);
        writer.WriteAttributes(OtlpTags.Link.Attributes, link.Attributes);
        writer.WriteCount(OtlpTags.Link.DroppedAttributesCount, link.DroppedAttributesCount);
        if (link.Flags != 0)
            writer.WriteFixed32(OtlpTags.Link.Flags, link.Flags);
        writer.EndMessage(start);
    }

    private static void WriteStatus(ProtobufWriter writer, Span span)
    {
        if (span.Status == StatusCode.Unset && span.StatusMessage.Length == 0)
            return;
        int start = writer.BeginMessage(OtlpTags.Span.Status);
        writer.WriteText(OtlpTags.Status.Message, span.StatusMessage);
        writer.WriteCount(OtlpTags.Status.Code, (uint)span.Status);
        writer.EndMessage(start);
    }
}
