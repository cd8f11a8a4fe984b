using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Writes the span objects of one trace.</summary>
internal sealed class JaegerSpanJsonWriter(Utf8JsonWriter writer, JaegerProcessTable processes)
{
    private const long NsPerUs = 1000;

    private readonly JaegerSpanTags tags = new();

    public void Write(Span span)
    {
        writer.WriteStartObject();
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.TraceId, span.TraceId);
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.SpanId, span.SpanId);
        if (JaegerFlags.Of(span) is not 0 and int flags)
            writer.WriteNumber(JaegerJsonNames.Flags, flags);
        writer.WriteString(JaegerJsonNames.OperationName, span.Name);
        JaegerReferences.Write(writer, span);
        writer.WriteNumber(JaegerJsonNames.StartTime, span.StartNs / NsPerUs);
        writer.WriteNumber(JaegerJsonNames.Duration, span.DurationNs / NsPerUs);
        writer.WriteStartArray(JaegerJsonNames.Tags);
        foreach (KeyValue tag in tags.Collect(span))
            JaegerJsonValues.WriteTag(writer, tag.Key, tag.Value);
        writer.WriteEndArray();
        writer.WriteStartArray(JaegerJsonNames.Logs);
        foreach (SpanEvent item in span.Events.AsSpan())
            WriteLog(item);
        writer.WriteEndArray();
        writer.WriteString(JaegerJsonNames.ProcessId, processes.IdOf(span));
        JaegerWarnings.Write(writer, span);
        writer.WriteEndObject();
    }

    private void WriteLog(SpanEvent item)
    {
        writer.WriteStartObject();
        writer.WriteNumber(JaegerJsonNames.Timestamp, item.TimeNs / NsPerUs);
        writer.WriteStartArray(JaegerJsonNames.Fields);
        // Attributes that have an `event` of their own came as log fields: it is the name, and stands there already.
        if (item.Name.Length > 0 && !item.Attributes.TryGet(JaegerKeys.Event, out _))
            JaegerJsonValues.WriteTag(writer, JaegerKeys.Event, AttributeValue.From(item.Name));
        foreach (KeyValue field in item.Attributes.AsSpan())
            JaegerJsonValues.WriteTag(writer, field.Key, field.Value);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
