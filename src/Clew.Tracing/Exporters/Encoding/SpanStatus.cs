using System.Diagnostics;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>A span's status, from the activity or from the tags that stood for it before <see cref="Activity.Status"/> existed.</summary>
internal readonly record struct SpanStatus(ActivityStatusCode Code, string? Description)
{
    public const string CodeKey = "otel.status_code";
    public const string DescriptionKey = "otel.status_description";

    public static SpanStatus Of(Activity span)
    {
        if (span.Status != ActivityStatusCode.Unset)
            return new SpanStatus(span.Status, span.Status == ActivityStatusCode.Error ? span.StatusDescription : null);
        return span.GetTagItem(CodeKey) switch
        {
            "ERROR" => new SpanStatus(ActivityStatusCode.Error, span.GetTagItem(DescriptionKey) as string),
            "OK" => new SpanStatus(ActivityStatusCode.Ok, null),
            _ => default,
        };
    }

    /// <summary>Tags that say what the status says: exporters write the status instead, once.</summary>
    public static bool IsKey(string key) => key is CodeKey or DescriptionKey;
}
