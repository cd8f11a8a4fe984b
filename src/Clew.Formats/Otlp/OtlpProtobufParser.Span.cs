using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Spans with their events, links and status.</summary>
internal ref partial struct OtlpProtobufParser
{
    private void ReadSpan(ref SpanRow row)
    {
        int attributesStart = batch.SpanAttributes.Count;
        int eventsStart = batch.Events.Count;
        int linksStart = batch.Links.Count;
        ulong endNs = 0;
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.Span)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.Span.TraceId:
                    row.TraceId = ReadTraceId(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.SpanId:
                    row.SpanId = ReadSpanId(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.TraceState:
                    row.TraceState = reader.ReadSlice(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.ParentSpanId:
                    row.ParentSpanId = ReadSpanId(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.Name:
                    row.Name = reader.ReadSlice(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.Kind:
                    row.Kind = OtlpRules.Kind(reader.ReadVarint(OtlpMessages.Span));
                    break;
                case OtlpTags.Span.StartTimeUnixNano:
                    row.StartNs = (long)reader.ReadFixed64(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.EndTimeUnixNano:
                    endNs = reader.ReadFixed64(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.Attributes:
                    batch.SpanAttributes.Add(ReadKeyValue(OtlpMessages.Span, depth: 0));
                    break;
                case OtlpTags.Span.DroppedAttributesCount:
                    row.DroppedAttributesCount = reader.ReadUInt32(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.Events:
                    int outerEnd = reader.Enter(OtlpMessages.Span);
                    ReadEvent(ref batch.Events.Add());
                    reader.Leave(outerEnd);
                    break;
                case OtlpTags.Span.DroppedEventsCount:
                    row.DroppedEventsCount = reader.ReadUInt32(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.Links:
                    outerEnd = reader.Enter(OtlpMessages.Span);
                    ReadLink(ref batch.Links.Add());
                    reader.Leave(outerEnd);
                    break;
                case OtlpTags.Span.DroppedLinksCount:
                    row.DroppedLinksCount = reader.ReadUInt32(OtlpMessages.Span);
                    break;
                case OtlpTags.Span.Status:
                    outerEnd = reader.Enter(OtlpMessages.Span);
                    ReadStatus(ref row);
                    reader.Leave(outerEnd);
                    break;
                case OtlpTags.Span.Flags:
                    row.Flags = reader.ReadFixed32(OtlpMessages.Span);
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.Span);
                    break;
            }
        }
        row.DurationNs = OtlpRules.DurationNs(row.StartNs, (long)endNs);
        row.Attributes = new RowRange(attributesStart, batch.SpanAttributes.Count - attributesStart);
        row.Events = new RowRange(eventsStart, batch.Events.Count - eventsStart);
        row.Links = new RowRange(linksStart, batch.Links.Count - linksStart);
    }

    private void ReadEvent(ref EventRow row)
    {
        int attributesStart = batch.OtherAttributes.Count;
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.Event)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.Event.TimeUnixNano:
                    row.TimeNs = (long)reader.ReadFixed64(OtlpMessages.Event);
                    break;
                case OtlpTags.Event.Name:
                    row.Name = reader.ReadSlice(OtlpMessages.Event);
                    break;
                case OtlpTags.Event.Attributes:
                    batch.OtherAttributes.Add(ReadKeyValue(OtlpMessages.Event, depth: 0));
                    break;
                case OtlpTags.Event.DroppedAttributesCount:
                    row.DroppedAttributesCount = reader.ReadUInt32(OtlpMessages.Event);
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.Event);
                    break;
            }
        }
        row.Attributes = EndAttributes(attributesStart);
    }

    private void ReadLink(ref LinkRow row)
    {
        int attributesStart = batch.OtherAttributes.Count;
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.Link)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.Link.TraceId:
                    row.TraceId = ReadTraceId(OtlpMessages.Link);
                    break;
                case OtlpTags.Link.SpanId:
                    row.SpanId = ReadSpanId(OtlpMessages.Link);
                    break;
                case OtlpTags.Link.TraceState:
                    row.TraceState = reader.ReadSlice(OtlpMessages.Link);
                    break;
                case OtlpTags.Link.Attributes:
                    batch.OtherAttributes.Add(ReadKeyValue(OtlpMessages.Link, depth: 0));
                    break;
                case OtlpTags.Link.DroppedAttributesCount:
                    row.DroppedAttributesCount = reader.ReadUInt32(OtlpMessages.Link);
                    break;
                case OtlpTags.Link.Flags:
                    row.Flags = reader.ReadFixed32(OtlpMessages.Link);
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.Link);
                    break;
            }
        }
        row.Attributes = EndAttributes(attributesStart);
    }

    private void ReadStatus(ref SpanRow row)
    {
        uint tag;
        while ((tag = reader.ReadTag(OtlpMessages.Status)) != 0)
        {
            switch (tag)
            {
                case OtlpTags.Status.Message:
                    row.StatusMessage = reader.ReadSlice(OtlpMessages.Status);
                    break;
                case OtlpTags.Status.Code:
                    row.Status = OtlpRules.Status(reader.ReadVarint(OtlpMessages.Status));
                    break;
                default:
                    reader.SkipUnknown(OtlpMessages.Status);
                    break;
            }
        }
    }
}
