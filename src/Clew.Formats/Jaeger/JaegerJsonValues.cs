using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>The small parts of Jaeger's JSON: ids and typed tags.</summary>
internal static class JaegerJsonValues
{
    // Beyond these a JavaScript reader would round; Jaeger writes such numbers as strings.
    private const long SafeIntegerMax = (1L << 53) - 1;

    /// <summary>16 digits for a 64-bit trace id, else 32.</summary>
    public static void WriteId(Utf8JsonWriter writer, JsonEncodedText name, TraceId id)
    {
        if (id.High == 0)
        {
            WriteId(writer, name, new SpanId(id.Low));
            return;
        }
        Span<byte> hex = stackalloc byte[TraceId.HexLength];
        id.TryFormat(hex, out _);
        writer.WriteString(name, hex);
    }

    public static void WriteId(Utf8JsonWriter writer, JsonEncodedText name, SpanId id)
    {
        Span<byte> hex = stackalloc byte[SpanId.HexLength];
        id.TryFormat(hex, out _);
        writer.WriteString(name, hex);
    }

    /// <summary>Writes <c>{"key", "type", "value"}</c>.</summary>
    public static void WriteTag(Utf8JsonWriter writer, string key, AttributeValue value)
    {
        writer.WriteStartObject();
        writer.WriteString(JaegerJsonNames.Key, key);
        switch (value.Type)
        {
            case AttributeType.Bool:
                writer.WriteString(JaegerJsonNames.Type, JaegerJsonNames.TypeBool);
                writer.WriteBoolean(JaegerJsonNames.Value, value.AsBool());
                break;
            case AttributeType.Int64:
                writer.WriteString(JaegerJsonNames.Type, JaegerJsonNames.TypeInt64);
                WriteInt64(writer, value);
                break;
            case AttributeType.Double:
                writer.WriteString(JaegerJsonNames.Type, JaegerJsonNames.TypeFloat64);
                WriteDouble(writer, value);
                break;
            case AttributeType.Bytes:
                writer.WriteString(JaegerJsonNames.Type, JaegerJsonNames.TypeBinary);
                writer.WriteBase64String(JaegerJsonNames.Value, value.AsBytes().Span);
                break;
            default:
                // Arrays and lists as JSON text; an empty value as empty text: Jaeger has no other type for them.
                writer.WriteString(JaegerJsonNames.Type, JaegerJsonNames.TypeString);
                writer.WriteString(JaegerJsonNames.Value, value.ToString());
                break;
        }
        writer.WriteEndObject();
    }

    private static void WriteInt64(Utf8JsonWriter writer, AttributeValue value)
    {
        long number = value.AsInt64();
        if (number is >= -SafeIntegerMax and <= SafeIntegerMax)
            writer.WriteNumber(JaegerJsonNames.Value, number);
        else
            writer.WriteString(JaegerJsonNames.Value, value.ToString());
    }

    // NaN and the infinities have no JSON number; their names keep the rest of the trace readable.
    private static void WriteDouble(Utf8JsonWriter writer, AttributeValue value)
    {
        double number = value.AsDouble();
        if (double.IsFinite(number))
            writer.WriteNumber(JaegerJsonNames.Value, number);
        else
            writer.WriteString(JaegerJsonNames.Value, value.ToString());
    }
}
