using System.Text;
using System.Text.Json;

namespace Clew.Formats.Zipkin;

/// <summary>
/// Says where in a JSON text a token stands, as <c>$[0].tags.key</c>. Found by reading the text once more, so that readers need not keep track of it
/// for the sake of errors.
/// </summary>
internal static class JsonPath
{
    private const int NameLengthMax = 100;

    /// <param name="json">Well-formed at least up to the token.</param>
    /// <param name="tokenStart">Offset of the token. For the end of an object the path is that of its last member.</param>
    public static string At(ReadOnlySpan<byte> json, long tokenStart)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var levels = new List<Level>();
        while (reader.Read())
        {
            bool isValue = reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray);
            if (isValue && levels.Count > 0 && levels[^1].Name is null)
                levels[^1] = new Level(null, levels[^1].Index + 1);
            if (reader.TokenStartIndex >= tokenStart)
                break;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    levels.Add(new Level(null, -1));
                    break;
                case JsonTokenType.StartObject:
                    levels.Add(new Level("", 0));
                    break;
                case JsonTokenType.PropertyName:
                    levels[^1] = new Level(Name(reader.ValueSpan), 0);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    levels.RemoveAt(levels.Count - 1);
                    break;
            }
        }
        return Format(levels);
    }

    private static string Name(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, NameLengthMax)]);

    private static string Format(List<Level> levels)
    {
        var path = new StringBuilder("$");
        foreach (Level level in levels)
        {
            if (level.Name is null)
                path.Append('[').Append(level.Index).Append(']');
            else
                path.Append('.').Append(level.Name);
        }
        return path.ToString();
    }

    /// <summary>One open array (without name) or object (with the name of its current member).</summary>
    private readonly record struct Level(string? Name, int Index);
}
