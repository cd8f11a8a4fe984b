using System.Diagnostics;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>A span's status, from the activity or from the tags that stood for it before <see cref="Activity.Status"/> existed.</summary>
internal readonly record struct SpanStatus(ActivityStatusCode Code, string? Description)
{
    public const string CodeKey = "otel.status_code";
    public const string DescriptionKey = "otel.status_description";

    public static SpanStatus Of(Activity span)
    {
        var tags = new StatusTags();
        if (span.Status == ActivityStatusCode.Unset)
        {
            foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
                tags.TryTake(tag.Key, tag.Value);
        }
        return tags.StatusOf(span);
    }

    /// <summary>Tags that say what the status says: exporters write the status instead, once.</summary>
    public static bool IsKey(string key) => key is CodeKey or DescriptionKey;
}

/// <summary>Picks the status out of tags that an encoder goes through anyway.</summary>
internal struct StatusTags
{
    private object? code;
    private object? description;

    public bool TryTake(string key, object? value)
    {
        if (!SpanStatus.IsKey(key))
            return false;
        if (key.Length == SpanStatus.CodeKey.Length)
            code = value;
        else
            description = value;
        return true;
    }

    public readonly SpanStatus StatusOf(Activity span)
    {
        if (span.Status != ActivityStatusCode.Unset)
            return new SpanStatus(span.Status, span.Status == ActivityStatusCode.Error ? span.StatusDescription : null);
        return code switch
        {
            "ERROR" => new SpanStatus(ActivityStatusCode.Error, description as string),
            "OK" => new SpanStatus(ActivityStatusCode.Ok, null),
            _ => default,
        };
    }
}
