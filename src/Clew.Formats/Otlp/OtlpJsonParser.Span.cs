using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Spans with their events, links and status.</summary>
internal ref partial struct OtlpJsonParser
{
    private void ReadSpan(ref SpanRow row)
    {
        long endNs = 0;
        while (NextField("Span", out ReadOnlySpan<char> name))
        {
            switch (name)
            {
                case "traceId":
                    row.TraceId = ReadTraceId();
                    break;
                case "spanId":
                    row.SpanId = ReadSpanId();
                    break;
                case "traceState":
                    row.TraceState = ReadText();
                    break;
                case "parentSpanId":
                    row.ParentSpanId = ReadSpanId();
                    break;
                case "flags":
                    row.Flags = ReadUInt32();
                    break;
                case "name":
                    row.Name = ReadText();
                    break;
                case "kind":
                    row.Kind = ReadKind();
                    break;
                case "startTimeUnixNano":
                    row.StartNs = ReadTimeNs();
                    break;
                case "endTimeUnixNano":
                    endNs = ReadTimeNs();
                    break;
                case "attributes":
                    row.Attributes = ReadAttributes(batch.SpanAttributes, row.Attributes);
                    break;
                case "droppedAttributesCount":
                    row.DroppedAttributesCount = ReadUInt32();
                    break;
                case "events":
                    row.Events = ReadEvents(row.Events);
                    break;
                case "droppedEventsCount":
                    row.DroppedEventsCount = ReadUInt32();
                    break;
                case "links":
                    row.Links = ReadLinks(row.Links);
                    break;
                case "droppedLinksCount":
                    row.DroppedLinksCount = ReadUInt32();
                    break;
                case "status":
                    BeginObject("Status");
                    ReadStatus(ref row);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        row.DurationNs = OtlpRules.DurationNs(row.StartNs, endNs);
    }

    private RowRange ReadEvents(RowRange earlier)
    {
        int start = earlier.IsEmpty ? batch.Events.Count : earlier.Start;
        BeginArray();
        while (NextObject("Event"))
        {
            ref EventRow row = ref batch.Events.Add();
            while (NextField("Event", out ReadOnlySpan<char> name))
            {
                switch (name)
                {
                    case "timeUnixNano":
                        row.TimeNs = ReadTimeNs();
                        break;
                    case "name":
                        row.Name = ReadText();
                        break;
                    case "attributes":
                        row.Attributes = ReadAttributes(batch.OtherAttributes, row.Attributes);
                        break;
                    case "droppedAttributesCount":
                        row.DroppedAttributesCount = ReadUInt32();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
        return new RowRange(start, batch.Events.Count - start);
    }

    private RowRange ReadLinks(RowRange earlier)
    {
        int start = earlier.IsEmpty ? batch.Links.Count : earlier.Start;
        BeginArray();
        while (NextObject("Link"))
        {
            ref LinkRow row = ref batch.Links.Add();
            while (NextField("Link", out ReadOnlySpan<char> name))
            {
                switch (name)
                {
                    case "traceId":
                        row.TraceId = ReadTraceId();
                        break;
                    case "spanId":
                        row.SpanId = ReadSpanId();
                        break;
                    case "traceState":
                        row.TraceState = ReadText();
                        break;
                    case "attributes":
                        row.Attributes = ReadAttributes(batch.OtherAttributes, row.Attributes);
                        break;
                    case "droppedAttributesCount":
                        row.DroppedAttributesCount = ReadUInt32();
                        break;
                    case "flags":
                        row.Flags = ReadUInt32();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
        return new RowRange(start, batch.Links.Count - start);
    }

    private void ReadStatus(ref SpanRow row)
    {
        while (NextField("Status", out ReadOnlySpan<char> name))
        {
            switch (name)
            {
                case "message":
                    row.StatusMessage = ReadText();
                    break;
                case "code":
                    row.Status = ReadStatusCode();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
