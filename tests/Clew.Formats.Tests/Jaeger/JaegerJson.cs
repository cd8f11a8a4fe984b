using System.Buffers;
using System.Text;
using System.Text.Json;
using Clew.Formats.Jaeger;
using Clew.Model;

namespace Clew.Formats.Tests.Jaeger;

/// <summary>Encodes traces and reads the result back for assertions.</summary>
internal static class JaegerJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    public static string Text(params IReadOnlyList<Span> spans)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Options))
            JaegerJsonEncoder.WriteTrace(writer, new Trace(spans[0].TraceId, spans));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static JsonElement Element(params IReadOnlyList<Span> spans) => JsonElement.Parse(Text(spans));

    /// <summary>The first span of a trace object.</summary>
    public static JsonElement Span(params IReadOnlyList<Span> spans) => Element(spans).GetProperty("spans")[0];

    /// <summary>Tags or fields as (key, type, value) triples; the value in its JSON form, so that a number and its text differ.</summary>
    public static List<(string Key, string Type, string Value)> Tags(JsonElement list) =>
    [
        .. list.EnumerateArray().Select(tag => (tag.GetProperty("key").GetString()!, tag.GetProperty("type").GetString()!, Json(tag.GetProperty("value")))),
    ];

    /// <summary>What a tag must look like.</summary>
    public static (string Key, string Type, string Value) Tag(KeyValue tag)
    {
        AttributeValue value = tag.Value;
        string text = value.ToString();
        return value.Type switch
        {
            AttributeType.Bool => (tag.Key, "bool", text),
            AttributeType.Int64 => (tag.Key, "int64", Math.Abs((decimal)value.AsInt64()) < 1L << 53 ? text : Quoted(text)),
            AttributeType.Double => (tag.Key, "float64", double.IsFinite(value.AsDouble()) ? JsonSerializer.Serialize(value.AsDouble()) : Quoted(text)),
            AttributeType.Bytes => (tag.Key, "binary", Quoted(text)),
            _ => (tag.Key, "string", Quoted(text)),
        };
    }

    // One escaping for both sides of a comparison.
    private static string Json(JsonElement value) => value.ValueKind == JsonValueKind.String ? Quoted(value.GetString()!) : value.GetRawText();

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
