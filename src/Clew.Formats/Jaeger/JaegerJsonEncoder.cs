using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Writes traces as Jaeger's UI JSON (what <c>/api/traces</c> puts into <c>data</c>). Spans and events stay in the order
/// they are given in; times are truncated to microseconds; nothing is adjusted (clock skew, shared span ids): that is for the
/// caller to do on the spans. A span without a service name shows <see cref="AttributeKeys.UnknownService"/>, as everywhere in the product.
/// </summary>
public static class JaegerJsonEncoder
{
    /// <summary>Writes one object <c>{"traceID", "spans", "processes", "warnings"}</c>.</summary>
    public static void WriteTrace(Utf8JsonWriter writer, Trace trace)
    {
        var processes = new JaegerProcessTable();
        var spans = new JaegerSpanJsonWriter(writer, processes);
        writer.WriteStartObject();
        JaegerJsonValues.WriteId(writer, JaegerJsonNames.TraceId, trace.Id);
        writer.WriteStartArray(JaegerJsonNames.Spans);
        foreach (Span span in trace.Spans)
            spans.Write(span);
        writer.WriteEndArray();
        processes.Write(writer);
        writer.WriteNull(JaegerJsonNames.Warnings);
        writer.WriteEndObject();
    }
}
