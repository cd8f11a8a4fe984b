using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Clew.Server.Tests.Golden;

/// <summary>
/// An answer as its golden file has it: the request, status and telling headers as comments, then JSON with the members of every object in alphabetical order (so
/// their order is free) and every number as it was written (so 1, 1.0 and "1" differ); anything that is not JSON as it is.
/// </summary>
internal static class GoldenText
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    public static async Task<string> OfAsync(string request, HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        var text = new StringBuilder();
        text.Append("// ").Append(request).Append('\n');
        text.Append("// ").Append((int)response.StatusCode).Append(' ').Append(response.Content.Headers.ContentType).Append('\n');
        foreach (string header in new[] { "Cache-Control", "Clew-Next", "Clew-Incomplete" })
        {
            // As it came: read the usual way, the client would put it into an order of its own.
            if (response.Headers.NonValidated.TryGetValues(header, out HeaderStringValues values))
                text.Append("// ").Append(header).Append(": ").Append(values).Append('\n');
        }
        foreach (string document in response.Content.Headers.ContentType?.MediaType == "application/x-ndjson" ? body.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [body])
            text.Append(Canonical(document)).Append('\n');
        return text.ToString();
    }

    /// <summary>JSON in the canonical form; other text unchanged.</summary>
    public static string Canonical(string body)
    {
        if (body.AsSpan().TrimStart() is not ['{' or '[' or '"', ..])
            return body.TrimEnd('\n');
        using JsonDocument document = JsonDocument.Parse(body);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
            Write(writer, document.RootElement);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(element.GetRawText());
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
