using System.Text.Json;
using Clew.Formats.Jaeger;

namespace Clew.Server.Api.Jaeger.Filters;

/// <summary>
/// Reads the parameter <c>query.filter</c>: a <c>Call</c> of <c>jaeger.expression.v1</c> in protobuf's JSON, such as
/// <c>{"op":"eq","args":[{"attr":{"key":"http.route","level":"span"}},{"scalar":{"value":"/cart"}}]}</c>. Unlike protobuf it refuses members it does not know.
/// </summary>
internal static class FilterJson
{
    // A call within a call takes four levels: object, array, object, member.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <exception cref="FormatException">Not such a text; the message says where.</exception>
    public static JaegerExpression.Call Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return Call(document.RootElement, "filter");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped lone surrogate, which no text can hold.
            throw new FormatException(error.Message, error);
        }
    }

    private static JaegerExpression.Call Call(JsonElement element, string path)
    {
        string name = "";
        var operands = new List<JaegerExpression>();
        foreach (JsonProperty member in Members(element, path))
        {
            if (member.NameEquals("op"u8))
                name = Text(member.Value, $"{path}.op");
            else if (member.NameEquals("args"u8))
                operands.AddRange(Items(member.Value, $"{path}.args").Select((item, i) => Expression(item, $"{path}.args[{i}]")));
            else
                throw Unknown(member, path);
        }
        return new JaegerExpression.Call(name, operands);
    }

    private static JaegerExpression Expression(JsonElement element, string path)
    {
        JaegerExpression? expression = null;
        foreach (JsonProperty member in Members(element, path))
        {
            if (expression is not null)
                throw new FormatException($"{path} must be one term, it is several");
            string term = $"{path}.{member.Name}";
            expression = member.Name switch
            {
                "attr" => Texts(member.Value, term, "key", "level", static (key, level) => new JaegerExpression.Attribute(key, level)),
                "field" => Texts(member.Value, term, "name", "level", static (name, level) => new JaegerExpression.Field(name, level)),
                "nested" => Texts(member.Value, term, "level", null, static (level, _) => new JaegerExpression.Nested(level)),
                "scalar" => Texts(member.Value, term, "value", "type", static (value, type) => new JaegerExpression.Scalar(value, type)),
                "list" => List(member.Value, term),
                "call" => Call(member.Value, term),
                _ => throw Unknown(member, path),
            };
        }
        return expression ?? new JaegerExpression.Empty();
    }

    private static JaegerExpression Texts(JsonElement element, string path, string first, string? second, Func<string, string, JaegerExpression> make)
    {
        (string one, string two) = ("", "");
        foreach (JsonProperty member in Members(element, path))
        {
            string text = Text(member.Value, $"{path}.{member.Name}");
            if (member.NameEquals(first))
                one = text;
            else if (second is not null && member.NameEquals(second))
                two = text;
            else
                throw Unknown(member, path);
        }
        return make(one, two);
    }

    private static JaegerExpression.List List(JsonElement element, string path)
    {
        string[] values = [];
        string type = "";
        foreach (JsonProperty member in Members(element, path))
        {
            if (member.NameEquals("values"u8))
                values = [.. Items(member.Value, $"{path}.values").Select((item, i) => Text(item, $"{path}.values[{i}]"))];
            else if (member.NameEquals("type"u8))
                type = Text(member.Value, $"{path}.type");
            else
                throw Unknown(member, path);
        }
        return new JaegerExpression.List(values, type);
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : throw new FormatException($"{path} must be an object");

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw new FormatException($"{path} must be an array");

    private static string Text(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw new FormatException($"{path} must be a string");

    private static FormatException Unknown(JsonProperty member, string path) => new($"{path} has no member {GoText.Quote(member.Name)}");
}
