using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Writes the span objects of one trace.</summary>
internal sealed class JaegerSpanJsonWriter(Utf8JsonWriter writer, JaegerProcessTable processes)
{
    private const long NsPerUs = 1000;

    private readonly JaegerSpanTags tags = new();
    private readonly JaegerReferences references = new();
    private readonly JaegerLogFields logFields = new();
    private readonly JaegerWarnings warnings = new();

    public void Write(Span span)
    {
        writer.WriteStartObject();
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.TraceId, span.TraceId);
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.SpanId, span.SpanId);
        if (JaegerFlags.Of(span) is not 0 and int flags)
            writer.WriteNumber(JaegerJsonNames.Flags, flags);
        writer.WriteString(JaegerJsonNames.OperationName, span.Name);
        writer.WriteStartArray(JaegerJsonNames.References);
        foreach (JaegerReference reference in references.Collect(span))
            WriteReference(reference);
        writer.WriteEndArray();
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
        WriteWarnings(warnings.Collect(span));
        writer.WriteEndObject();
    }

    private void WriteReference(JaegerReference reference)
    {
        writer.WriteStartObject();
        writer.WriteString(JaegerJsonNames.RefType, reference.FollowsFrom ? JaegerJsonNames.FollowsFrom : JaegerJsonNames.ChildOf);
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.TraceId, reference.TraceId);
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.SpanId, reference.SpanId);
        writer.WriteEndObject();
    }

    private void WriteLog(SpanEvent item)
    {
        writer.WriteStartObject();
        writer.WriteNumber(JaegerJsonNames.Timestamp, item.TimeNs / NsPerUs);
        writer.WriteStartArray(JaegerJsonNames.Fields);
        foreach (KeyValue field in logFields.Collect(item))
            JaegerJsonValues.WriteTag(writer, field.Key, field.Value);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteWarnings(List<string> texts)
    {
        if (texts.Count == 0)
        {
            writer.WriteNull(JaegerJsonNames.Warnings);
            return;
        }
        writer.WriteStartArray(JaegerJsonNames.Warnings);
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
