using Microsoft.AspNetCore.Http.Features;

namespace Clew.Server.Api.Jaeger;

/// <summary>
/// Reads path segments as they were sent. Routing leaves <c>%2F</c> as it is in a segment but decodes everything else, <c>%252F</c> to <c>%2F</c>
/// too, so the two cannot be told apart there.
/// </summary>
internal static class RawPath
{
    /// <summary>The decoded segment before the last. Counted from the end: a path prefix does not matter.</summary>
    public static string SegmentBeforeLast(HttpContext context)
    {
        ReadOnlySpan<char> path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int query = path.IndexOf('?');
        if (query >= 0)
            path = path[..query];
        path = path.TrimEnd('/');
        path = path[..Math.Max(0, path.LastIndexOf('/'))];
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
