using System.Text.Encodings.Web;
using System.Text.Json;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>Tag values as plain JSON: what formats without lists carry as text (OpenTelemetry specification, "Attribute collections to non-OTLP").</summary>
internal static class TagJson
{
    /// <summary>Levels of lists in lists that are followed; a collection that contains itself would have no last one.</summary>
    public const int DepthMax = 16;

    /// <summary>Escapes what JSON asks for and no more: nothing here ends up inside HTML. Validation is the tests' work.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter json, in TagValue value, int depth = 0)
    {
        if (depth > DepthMax)
        {
            json.WriteStringValue("(nested too deeply)"u8);
            return;
        }
        switch (value.Kind)
        {
            case TagKind.Text:
                json.WriteStringValue(value.Text);
                break;
            case TagKind.Bool:
                json.WriteBooleanValue(value.Bool);
                break;
            case TagKind.Integer:
                json.WriteNumberValue(value.Integer);
                break;
            case TagKind.Double:
                WriteDouble(json, value.Double);
                break;
            case TagKind.Bytes:
                json.WriteBase64StringValue(value.Bytes);
                break;
            case TagKind.List:
                json.WriteStartArray();
                foreach (object? item in value.List)
                    WriteItem(json, item, depth + 1);
                json.WriteEndArray();
                break;
            default:
                WriteMap(json, value.Map, depth);
                break;
        }
    }

    public static void WriteMap(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> map, int depth)
    {
        json.WriteStartObject();
        foreach ((string key, object? item) in map)
        {
            json.WritePropertyName(key);
            WriteItem(json, item, depth + 1);
        }
        json.WriteEndObject();
    }

    /// <summary>JSON has no numbers for these; protobuf's JSON mapping gives them names.</summary>
    public static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(NonFinite(value));
    }

    public static ReadOnlySpan<byte> NonFinite(double value) => double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8;

    private static void WriteItem(Utf8JsonWriter json, object? item, int depth)
    {
        if (item is null)
            json.WriteNullValue();
        else
            Write(json, TagValue.Of(item), depth);
    }
}
