using System.Text.Json;
using Clew.Model;

namespace Clew.TestKit.Captures;

/// <summary>Compares an attribute with the way an expectation file writes it.</summary>
internal static class AttributeComparison
{
    public static bool Same(ExpectedAttribute expected, AttributeValue actual, bool typesLost)
    {
        if (expected.Type is null)
            return TextForms(actual).Contains(expected.Text);
        if (typesLost)
            return actual.ToString() == expected.Text;
        return expected.Type switch
        {
            "int64" => actual.Type == AttributeType.Int64 && actual.ToString() == expected.Text,
            "float64" => actual.Type == AttributeType.Double && actual.AsDouble() == double.Parse(expected.Text),
            "bool" => actual.Type == AttributeType.Bool && actual.ToString() == expected.Text,
            "binary" => actual.Type == AttributeType.Bytes && actual.ToString() == expected.Text,
            // Lists are written as the JSON text that Jaeger shows for them.
            "string" => actual.Type is AttributeType.String or AttributeType.Array && actual.ToString() == expected.Text,
            _ => throw new ArgumentException($"Unknown type {expected.Type} in an expectation."),
        };
    }

    // What Go's %v makes of a value; a list that travelled as JSON text counts as the list.
    private static IEnumerable<string> TextForms(AttributeValue value)
    {
        yield return value.ToString();
        switch (value.Type)
        {
            case AttributeType.Array:
                yield return $"[{string.Join(' ', value.AsArray())}]";
                break;
            case AttributeType.Bytes:
                yield return $"[{string.Join(' ', value.AsBytes().ToArray())}]";
                break;
            case AttributeType.String when value.AsString().StartsWith('['):
                yield return $"[{string.Join(' ', JsonElement.Parse(value.AsString()).EnumerateArray())}]".Replace("True", "true").Replace("False", "false");
                break;
        }
    }
}
