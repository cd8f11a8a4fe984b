using System.Text;
using System.Text.Json;

namespace Clew.Model;

/// <summary>The text form of attribute values; see <see cref="AttributeValue.ToString"/>.</summary>
internal static class AttributeText
{
    public static string Format(AttributeValue value) => value.Type switch
    {
        AttributeType.Empty => "",
        AttributeType.String => value.AsString(),
        AttributeType.Bool => value.AsBool() ? "true" : "false",
        AttributeType.Int64 => value.AsInt64().ToString(),
        AttributeType.Double => value.AsDouble().ToString("R"),
        AttributeType.Bytes => Convert.ToBase64String(value.AsBytes().Span),
        _ => Json(value),
    };

    private static string Json(AttributeValue value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, value);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value.Type)
        {
            case AttributeType.Bool:
                writer.WriteBooleanValue(value.AsBool());
                break;
            case AttributeType.Int64:
                writer.WriteNumberValue(value.AsInt64());
                break;
            case AttributeType.Double when double.IsFinite(value.AsDouble()):
                writer.WriteNumberValue(value.AsDouble());
                break;
            case AttributeType.Empty:
                writer.WriteNullValue();
                break;
            case AttributeType.Array:
                writer.WriteStartArray();
                foreach (AttributeValue item in value.AsArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case AttributeType.KeyValueList:
                writer.WriteStartObject();
                foreach (KeyValue item in value.AsKeyValues())
                {
                    writer.WritePropertyName(item.Key);
                    Write(writer, item.Value);
                }
                writer.WriteEndObject();
                break;
            default:
                // Strings, bytes (base64) and the doubles JSON has no number for.
                writer.WriteStringValue(Format(value));
                break;
        }
    }
}
