using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

internal ref partial struct JaegerBatchDecoder<TReader>
{
    private enum RefType
    {
        ChildOf = 0,
        FollowsFrom = 1,
    }

    /// <summary>Adds all references as links; <see cref="ResolveParent"/> sorts out which of them is the parent.</summary>
    private void ReadReferences()
    {
        int left = reader.ReadStructList("Span.references");
        if (left > 0 && childOf.IsEmpty)
            AddRefTypes();
        for (; left > 0; left--)
            ReadReference(ref batch.Links.Add());
    }

    private void ReadReference(ref LinkRow link)
    {
        ulong traceIdLow = 0;
        ulong traceIdHigh = 0;
        var type = RefType.ChildOf;
        short outer = reader.BeginStruct();
        while (reader.NextField("SpanRef", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    type = (RefType)ReadInt32(field, "SpanRef.refType");
                    break;
                case 2:
                    traceIdLow = (ulong)ReadInt64(field, "SpanRef.traceIdLow");
                    break;
                case 3:
                    traceIdHigh = (ulong)ReadInt64(field, "SpanRef.traceIdHigh");
                    break;
                case 4:
                    link.SpanId = new SpanId((ulong)ReadInt64(field, "SpanRef.spanId"));
                    break;
                default:
                    Skip(field, "SpanRef");
                    break;
            }
        }
        reader.EndStruct(outer);
        if (type is not (RefType.ChildOf or RefType.FollowsFrom))
            ThriftErrors.UnknownEnum("SpanRef.refType", (int)type, reader.Position);
        link.TraceId = new TraceId(traceIdHigh, traceIdLow);
        link.Attributes = type == RefType.ChildOf ? childOf : followsFrom;
    }

    /// <summary>
    /// Finds the parent: <c>parentSpanId</c>, else the first reference into the same trace, CHILD_OF before FOLLOWS_FROM. A CHILD_OF
    /// reference to the parent says nothing more and goes; a FOLLOWS_FROM one stays as a link that keeps the type.
    /// </summary>
    private readonly void ResolveParent(ref SpanRow row, int linksStart)
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
