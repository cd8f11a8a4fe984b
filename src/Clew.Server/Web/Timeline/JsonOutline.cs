using System.Text.Encodings.Web;
using System.Text.Json;

namespace Clew.Server.Web;

/// <summary>A JSON object or array as indented text with a one-line summary.</summary>
/// <param name="Summary"><c>{ 3 }</c> or <c>[ 12 ]</c>: what it is and how many members.</param>
/// <param name="Text">The inner lines.</param>
/// <param name="Lines">Their number.</param>
internal sealed record JsonOutline(string Summary, string Text, int Lines)
{
    // Longer texts are shown as they are.
    private const int MaxLength = 100_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when the text is no JSON object or array, or an empty one.</summary>
    public static JsonOutline? Of(string text)
    {
        if (text.Length is < 3 or > MaxLength || text[0] is not ('{' or '[') || text[^1] is not ('}' or ']'))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            bool isObject = root.ValueKind == JsonValueKind.Object;
            int members = isObject ? root.EnumerateObject().Count() : root.GetArrayLength();
            if (members == 0)
                return null;
            string[] lines = JsonSerializer.Serialize(root, Indented).Split('\n');
            // Without the outer brackets and their indent: the summary stands for them.
            return new JsonOutline(isObject ? $"{{ {members} }}" : $"[ {members} ]", string.Join('\n', lines[1..^1]), lines.Length - 2);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
