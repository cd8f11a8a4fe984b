using System.Globalization;
using System.Text.Json;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Otlp;

/// <summary>Attributes in OTLP's JSON mapping: 64-bit integers are strings, a value names its type (opentelemetry-proto, common.proto).</summary>
internal static class OtlpJsonAttributes
{
    public static void WriteAttribute(Utf8JsonWriter json, string key, in TagValue value, int depth = 0)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WritePropertyName("value"u8);
        WriteValue(json, value, depth);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, in TagValue value, int depth)
    {
        json.WriteStartObject();
        switch (value.Kind)
        {
            case TagKind.Text:
                json.WriteString("stringValue"u8, value.Text);
                break;
            case TagKind.Bool:
                json.WriteBoolean("boolValue"u8, value.Bool);
                break;
            case TagKind.Integer:
                WriteInt64(json, "intValue"u8, value.Integer);
                break;
            case TagKind.Double:
                json.WritePropertyName("doubleValue"u8);
                TagJson.WriteDouble(json, value.Double);
                break;
            case TagKind.Bytes:
                json.WriteBase64String("bytesValue"u8, value.Bytes);
                break;
            case TagKind.List or TagKind.Map when depth >= TagJson.DepthMax:
                json.WriteString("stringValue"u8, "(nested too deeply)"u8);
                break;
            case TagKind.List:
                json.WriteStartObject("arrayValue"u8);
                json.WriteStartArray("values"u8);
                foreach (object? item in value.List)
                    WriteItem(json, item, depth + 1);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default:
                WriteMap(json, value.Map, depth);
                break;
        }
        json.WriteEndObject();
    }

    public static void WriteInt64(Utf8JsonWriter json, ReadOnlySpan<byte> property, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        json.WriteString(property, digits[..length]);
    }

    private static void WriteMap(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> map, int depth)
    {
        json.WriteStartObject("kvlistValue"u8);
        json.WriteStartArray("values"u8);
        foreach ((string key, object? item) in map)
        {
            json.WriteStartObject();
            json.WriteString("key"u8, key);
            json.WritePropertyName("value"u8);
            WriteItem(json, item, depth + 1);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, object? item, int depth)
    {
        if (item is not null)
        {
            WriteValue(json, TagValue.Of(item), depth);
            return;
        }
        // A value of no type is OTLP's null.
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
