using System.Text.Json;

namespace Clew.Server.Api.Jaeger;

/// <summary>The tags of a search: <c>tag=key:value</c> and <c>tags={"key":"value"}</c>, both repeatable; the latter win, later ones over earlier.</summary>
internal static class JaegerTags
{
    private static readonly JsonDocumentOptions FlatObject = new() { MaxDepth = 2 };

    /// <exception cref="ApiException">400: not of that form.</exception>
    public static Dictionary<string, string> Parse(JaegerParameters parameters)
    {
        var tags = new Dictionary<string, string>();
        foreach (string tag in parameters.All("tag"))
        {
            int colon = tag.IndexOf(':');
            if (colon < 0)
                throw ApiException.BadRequest($"malformed 'tag' parameter, expecting key:value, received: {tag}");
            tags[tag[..colon]] = tag[(colon + 1)..];
        }
        foreach (string json in parameters.All("tags"))
            AddJson(json, tags, "malformed 'tags' parameter, cannot unmarshal JSON");
        return tags;
    }

    /// <summary>Adds the members of an object of strings; <c>null</c> has none.</summary>
    /// <exception cref="ApiException">400: not of that form; the message begins with <paramref name="complaint"/>.</exception>
    public static void AddJson(string json, Dictionary<string, string> tags, string complaint)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, FlatObject);
            if (document.RootElement.ValueKind == JsonValueKind.Null)
                return;
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Malformed($"an object is expected, not {Word(document.RootElement)}");
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                tags[property.Name] = property.Value.ValueKind == JsonValueKind.String
                    ? property.Value.GetString()!
                    : throw Malformed($"the value of {GoText.Quote(property.Name)} must be a string, not {Word(property.Value)}");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped lone surrogate, which no text can hold.
            throw Malformed(error.Message);
        }

        ApiException Malformed(string reason) => ApiException.BadRequest($"{complaint}: {reason}");
    }

    private static string Word(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        JsonValueKind.String => "a string",
        _ => "a boolean",
    };
}
