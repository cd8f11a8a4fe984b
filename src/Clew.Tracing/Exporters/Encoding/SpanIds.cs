using System.Diagnostics;

namespace Clew.Tracing.Exporters.Encoding;

internal static class SpanIds
{
    /// <summary>Activities with hierarchical ids have none; a server would refuse the whole request for one of them.</summary>
    public static bool AreValid(Activity span) => span.IdFormat == ActivityIdFormat.W3C && span.TraceId != default && span.SpanId != default;

    public static bool HasParent(Activity span) => span.ParentSpanId != default;
}
