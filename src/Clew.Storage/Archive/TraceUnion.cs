using Clew.Model;

namespace Clew.Storage;

/// <summary>Puts together what is known of one trace in two places.</summary>
public static class TraceUnion
{
    /// <summary>The spans of both, those that are equal in every field once; those of <paramref name="other"/> first.</summary>
    public static Trace Union(this Trace trace, Trace? other) => other is null ? trace : new Trace(trace.Id, [.. other.Spans.Concat(trace.Spans).Distinct()]);
}
