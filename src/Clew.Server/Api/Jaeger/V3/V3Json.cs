using System.Text.Json;
using Clew.Model;

namespace Clew.Server.Api.Jaeger.V3;

/// <summary>The JSON of api_v3's own messages: protobuf's mapping, with numbers at zero left out and 64-bit numbers as strings.</summary>
internal static class V3Json
{
    /// <summary>An error answer, sent as Go's <c>http.Error</c> does.</summary>
    public static Task WriteErrorAsync(HttpContext context, int status, string message) => JaegerEnvelope.WriteTextAsync(context, status, JsonAnswer.Serialize(JsonAnswer.Compact, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("httpCode"u8, status);
        writer.WriteString("message"u8, message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }));

    public static void Write(Utf8JsonWriter writer, TraceSummary summary)
    {
        writer.WriteStartObject();
        writer.WriteString("traceId"u8, summary.TraceId.ToString());
        writer.WriteString("rootServiceName"u8, summary.RootServiceName);
        writer.WriteString("rootOperationName"u8, summary.RootName);
        writer.WriteString("minStartTimeUnixNano"u8, Text(summary.StartNs));
        writer.WriteString("maxEndTimeUnixNano"u8, Text(summary.StartNs + summary.DurationNs));
        WriteCount(writer, "spanCount"u8, summary.SpanCount);
        WriteCount(writer, "errorSpanCount"u8, summary.ErrorCount);
        WriteCount(writer, "orphanSpanCount"u8, summary.OrphanCount);
        writer.WriteStartArray("services"u8);
        foreach (ServiceSummary service in summary.Services)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, service.Name);
            WriteCount(writer, "spanCount"u8, service.SpanCount);
            WriteCount(writer, "errorSpanCount"u8, service.ErrorCount);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int count)
    {
        if (count != 0)
            writer.WriteNumber(name, count);
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
