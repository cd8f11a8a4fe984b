using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>One reference of a span to another.</summary>
internal readonly record struct JaegerReference(bool FollowsFrom, TraceId TraceId, SpanId SpanId);

/// <summary>A span's references: its parent first, then its links. Reused from span to span.</summary>
internal sealed class JaegerReferences
{
    private readonly List<JaegerReference> references = [];

    /// <summary>The references of <paramref name="span"/>, valid until the next call.</summary>
    public List<JaegerReference> Collect(Span span)
    {
        references.Clear();
        if (!span.ParentSpanId.IsZero)
            references.Add(new JaegerReference(FollowsParent(span), span.TraceId, span.ParentSpanId));
        foreach (SpanLink link in span.Links.AsSpan())
        {
            if (!IsParent(link, span))
                references.Add(new JaegerReference(FollowsFrom(link), link.TraceId, link.SpanId));
        }
        return references;
    }

    // A link to the parent says of what type the parent reference was; it is not a second reference.
    private static bool FollowsParent(Span span)
    {
        bool follows = false;
        foreach (SpanLink link in span.Links.AsSpan())
        {
            if (IsParent(link, span))
                follows = FollowsFrom(link);
        }
        return follows;
    }

    private static bool IsParent(SpanLink link, Span span) =>
        !span.ParentSpanId.IsZero && link.SpanId == span.ParentSpanId && link.TraceId == span.TraceId;

    private static bool FollowsFrom(SpanLink link) => link.Attributes.TextOf(AttributeKeys.OpenTracingRefType) != JaegerKeys.ChildOf;
}
