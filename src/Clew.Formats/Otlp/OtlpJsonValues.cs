using System.Globalization;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Writes what OTLP JSON's messages are made of. Fields at their default are left out, as proto3's JSON mapping does; members of a oneof never are.</summary>
internal static class OtlpJsonValues
{
    // Digits of the longest 64-bit number with its sign.
    private const int Int64CharsMax = 20;

    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string text)
    {
        if (text.Length > 0)
            writer.WriteString(name, text);
    }

    public static void WriteCount(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, uint count)
    {
        if (count != 0)
            writer.WriteNumber(name, count);
    }

    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long timeNs)
    {
        if (timeNs == 0)
            return;
        // fixed64 is unsigned: a time before 1970, which only wrapping can make, leaves as the large number it came as.
        Span<byte> digits = stackalloc byte[Int64CharsMax];
        ((ulong)timeNs).TryFormat(digits, out int written, default, CultureInfo.InvariantCulture);
        writer.WriteString(name, digits[..written]);
    }

    public static void WriteId(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, TraceId id)
    {
        Span<byte> hex = stackalloc byte[TraceId.HexLength];
        id.TryFormat(hex, out _);
        writer.WriteString(name, hex);
    }

    public static void WriteId(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, SpanId id)
    {
        Span<byte> hex = stackalloc byte[SpanId.HexLength];
        id.TryFormat(hex, out _);
        writer.WriteString(name, hex);
    }

    /// <summary>Writes the field <c>attributes</c>, unless there are none.</summary>
    public static void WriteAttributes(this Utf8JsonWriter writer, AttributeList attributes, IEnumerable<KeyValue>? more = null)
    {
        KeyValue[] added = more is null ? [] : [.. more];
        if (attributes.Count + added.Length == 0)
            return;
        writer.WriteStartArray("attributes"u8);
        foreach (KeyValue item in attributes.AsSpan())
            writer.WriteKeyValue(item);
        foreach (KeyValue item in added)
            writer.WriteKeyValue(item);
        writer.WriteEndArray();
    }

    private static void WriteKeyValue(this Utf8JsonWriter writer, KeyValue item)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, item.Key);
        writer.WritePropertyName("value"u8);
        writer.WriteAnyValue(item.Value);
        writer.WriteEndObject();
    }

    private static void WriteAnyValue(this Utf8JsonWriter writer, AttributeValue value)
    {
        writer.WriteStartObject();
        switch (value.Type)
        {
            case AttributeType.String:
                writer.WriteString("stringValue"u8, value.AsString());
                break;
            case AttributeType.Bool:
                writer.WriteBoolean("boolValue"u8, value.AsBool());
                break;
            case AttributeType.Int64:
                Span<byte> digits = stackalloc byte[Int64CharsMax];
                value.AsInt64().TryFormat(digits, out int written, default, CultureInfo.InvariantCulture);
                writer.WriteString("intValue"u8, digits[..written]);
                break;
            case AttributeType.Double when double.IsFinite(value.AsDouble()):
                writer.WriteNumber("doubleValue"u8, value.AsDouble());
                break;
            case AttributeType.Double:
                // JSON has no numbers for these; protobuf's mapping writes them as strings of exactly this spelling.
                writer.WriteString("doubleValue"u8, value.AsDouble() switch { > 0 => "Infinity"u8, < 0 => "-Infinity"u8, _ => "NaN"u8 });
                break;
            case AttributeType.Bytes:
                writer.WriteBase64String("bytesValue"u8, value.AsBytes().Span);
                break;
            case AttributeType.Array:
                writer.WriteStartObject("arrayValue"u8);
                writer.WriteStartArray("values"u8);
                foreach (AttributeValue item in value.AsArray())
                    writer.WriteAnyValue(item);
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            case AttributeType.KeyValueList:
                writer.WriteStartObject("kvlistValue"u8);
                writer.WriteStartArray("values"u8);
                foreach (KeyValue item in value.AsKeyValues().AsSpan())
                    writer.WriteKeyValue(item);
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default:
                break;
        }
        writer.WriteEndObject();
    }
}
