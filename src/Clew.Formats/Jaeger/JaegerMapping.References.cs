using Clew.Model;

namespace Clew.Formats.Jaeger;

internal partial struct JaegerMapping
{
    /// <summary>The types of a reference; their numbers are those of both IDLs.</summary>
    public enum RefType
    {
        ChildOf = 0,
        FollowsFrom = 1,
    }

    /// <summary>The attribute that says of what type a reference was: one row for the whole batch, shared by all links.</summary>
    public RowRange TypeOf(RefType type)
    {
        if (childOf.IsEmpty)
            AddRefTypes();
        return type == RefType.ChildOf ? childOf : followsFrom;
    }

    /// <summary>
    /// Finds the parent: <c>parentSpanId</c>, else the first reference into the same trace, CHILD_OF before FOLLOWS_FROM. A CHILD_OF
    /// reference to the parent says nothing more and goes; a FOLLOWS_FROM one stays as a link that keeps the type.
    /// </summary>
    public readonly void ResolveParent(ref SpanRow row, int linksStart)
    {
        RowTable<LinkRow> links = batch.Links;
        if (links.Count == linksStart)
            return;
        if (row.ParentSpanId.IsZero)
            row.ParentSpanId = FirstInTrace(row.TraceId, linksStart, childOf);
        if (row.ParentSpanId.IsZero)
            row.ParentSpanId = FirstInTrace(row.TraceId, linksStart, followsFrom);
        int kept = linksStart;
        for (int i = linksStart; i < links.Count; i++)
        {
            ref readonly LinkRow link = ref links[i];
            if (!row.ParentSpanId.IsZero && link.Attributes == childOf && link.SpanId == row.ParentSpanId && link.TraceId == row.TraceId)
                continue;
            links[kept++] = link;
        }
        links.Truncate(kept);
    }

    private readonly SpanId FirstInTrace(TraceId traceId, int linksStart, RowRange type)
    {
        for (int i = linksStart; i < batch.Links.Count; i++)
        {
            ref readonly LinkRow link = ref batch.Links[i];
            if (link.Attributes == type && link.TraceId == traceId && !link.SpanId.IsZero)
                return link.SpanId;
        }
        return default;
    }

    private void AddRefTypes()
    {
        Utf8Slice key = builder.AddText("opentracing.ref_type"u8);
        childOf = AddRefType(key, "child_of"u8);
        followsFrom = AddRefType(key, "follows_from"u8);
    }

    private readonly RowRange AddRefType(Utf8Slice key, ReadOnlySpan<byte> value)
    {
        int start = batch.OtherAttributes.Count;
        batch.OtherAttributes.Add(AttributeRow.String(key, builder.AddText(value)));
        return new RowRange(start, 1);
    }
}
