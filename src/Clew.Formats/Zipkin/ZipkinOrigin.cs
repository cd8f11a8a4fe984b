using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>Tells spans that came through Zipkin from those that have to be translated to it.</summary>
internal static class ZipkinOrigin
{
    /// <summary>
    /// True for every span a Zipkin decoder makes: no scope, and a local endpoint or no resource. To such a span nothing may be added on the way
    /// out. A span of another format that names neither resource nor scope counts as one too; it then merely lacks what OpenTelemetry's mapping adds.
    /// </summary>
    public static bool CameThroughZipkin(Span span) =>
        span.Scope.Equals(Scope.None) && (span.LocalEndpoint is not null || span.Resource.Attributes.Count == 0);
}
