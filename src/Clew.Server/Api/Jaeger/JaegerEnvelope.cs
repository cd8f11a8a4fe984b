using System.Text.Json;
using Clew.Model;

namespace Clew.Server.Api.Jaeger;

/// <summary>The object around every answer: <c>{"data", "total", "limit", "offset", "errors"}</c>, always in this order.</summary>
internal static class JaegerEnvelope
{
    public static void Begin(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data"u8);
    }

    /// <param name="writer">Stands after the data.</param>
    /// <param name="total">Number of items; only services and operations give it.</param>
    /// <param name="errors">Null or empty: none.</param>
    public static void End(Utf8JsonWriter writer, int total = 0, IReadOnlyList<JaegerError>? errors = null)
    {
        writer.WriteNumber("total"u8, total);
        // Jaeger has these two for paging it never got.
        writer.WriteNumber("limit"u8, 0);
        writer.WriteNumber("offset"u8, 0);
        if (errors is null or [])
        {
            writer.WriteNull("errors"u8);
        }
        else
        {
            writer.WriteStartArray("errors"u8);
            foreach (JaegerError error in errors)
                error.Write(writer);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    public static JsonWriterOptions Layout(HttpContext context) =>
        new JaegerParameters(context.Request.Query).Text("prettyPrint") is "" or "false" ? JsonAnswer.Compact : JsonAnswer.Indented(4);

    /// <summary>A whole success answer.</summary>
    public static Task WriteAsync(HttpContext context, int total, Action<Utf8JsonWriter> writeData) => JsonAnswer.WriteAsync(context, Layout(context), writer =>
    {
        Begin(writer);
        writeData(writer);
        End(writer, total);
    });

    /// <summary>An error answer: the same object, but as Go's <c>http.Error</c> sends it.</summary>
    public static Task WriteErrorAsync(HttpContext context, int status, string message) => WriteTextAsync(context, status, JsonAnswer.Serialize(JsonAnswer.Compact, writer =>
    {
        Begin(writer);
        writer.WriteNullValue();
        End(writer, total: 0, [new JaegerError(message, status)]);
    }));

    /// <summary>Plain text with a line end, as Go's <c>http.Error</c> sends it.</summary>
    public static Task WriteTextAsync(HttpContext context, int status, ReadOnlyMemory<byte> text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return JsonAnswer.WriteBytesAsync(context, (byte[])[.. text.Span, (byte)'\n']);
    }
}

/// <summary>One entry of <c>errors</c>.</summary>
/// <param name="Message">What went wrong.</param>
/// <param name="Code">HTTP status; left out when 0.</param>
/// <param name="TraceId">The trace it is about; left out when zero.</param>
internal readonly record struct JaegerError(string Message, int Code = 0, TraceId TraceId = default)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Code != 0)
            writer.WriteNumber("code"u8, Code);
        writer.WriteString("msg"u8, Message);
        if (!TraceId.IsZero)
            writer.WriteString("traceID"u8, TraceId.ToShortString());
        writer.WriteEndObject();
    }
}
