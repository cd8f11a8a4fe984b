using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>Everything of a span that Zipkin can only say with a tag.</summary>
internal static class ZipkinTags
{
    private const string Error = "error";
    private const string StatusCodeKey = "otel.status_code";
    private const string ScopeName = "otel.scope.name";
    private const string ScopeVersion = "otel.scope.version";

    /// <summary>Tags by key. The span's own attributes win over what its status, scope and resource add.</summary>
    public static SortedDictionary<string, string> Of(Span span)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValue item in span.Attributes)
            tags[item.Key] = item.Value.ToString();
        AddStatus(span, tags);
        if (span.Scope.Name.Length > 0)
            tags.TryAdd(ScopeName, span.Scope.Name);
        if (span.Scope.Version.Length > 0)
            tags.TryAdd(ScopeVersion, span.Scope.Version);
        foreach (KeyValue item in span.Resource.Attributes)
        {
            if (item.Key != AttributeKeys.ServiceName)
                tags.TryAdd(item.Key, item.Value.ToString());
        }
        return tags;
    }

    // OpenTelemetry to Zipkin, "Status": error carries the message, and is there (empty) even without one.
    private static void AddStatus(Span span, SortedDictionary<string, string> tags)
    {
        if (span.Status == StatusCode.Ok)
            tags.TryAdd(StatusCodeKey, "OK");
        if (span.Status != StatusCode.Error)
            return;
        bool added = tags.TryAdd(Error, span.StatusMessage);
        if (added || !ZipkinOrigin.CameThroughZipkin(span))
            tags.TryAdd(StatusCodeKey, "ERROR");
    }
}
