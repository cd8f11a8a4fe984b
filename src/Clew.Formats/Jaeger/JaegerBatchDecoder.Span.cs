using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Jaeger;

internal ref partial struct JaegerBatchDecoder<TReader>
{
    private const long NsPerUs = 1000;

    private void ReadSpan(ref SpanRow row)
    {
        int attributesStart = batch.SpanAttributes.Count;
        int eventsStart = batch.Events.Count;
        int linksStart = batch.Links.Count;
        ulong traceIdLow = 0;
        ulong traceIdHigh = 0;
        var tags = default(JaegerMapping.SpecialTags);
        short outer = reader.BeginStruct();
        while (reader.NextField("Span", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    traceIdLow = (ulong)ReadInt64(field, "Span.traceIdLow");
                    break;
                case 2:
                    traceIdHigh = (ulong)ReadInt64(field, "Span.traceIdHigh");
                    break;
                case 3:
                    row.SpanId = new SpanId((ulong)ReadInt64(field, "Span.spanId"));
                    break;
                case 4:
                    row.ParentSpanId = new SpanId((ulong)ReadInt64(field, "Span.parentSpanId"));
                    break;
                case 5:
                    reader.Expect(field, ThriftType.Binary, "Span.operationName");
                    row.Name = reader.ReadBinary("Span.operationName");
                    break;
                case 6:
                    reader.Expect(field, ThriftType.List, "Span.references");
                    ReadReferences();
                    break;
                case 7:
                    int flags = ReadInt32(field, "Span.flags");
                    row.Flags = JaegerFlags.TraceFlags(flags);
                    row.Traits = JaegerFlags.Traits(flags);
                    break;
                case 8:
                    row.StartNs = ToNs(ReadInt64(field, "Span.startTime"));
                    break;
                case 9:
                    row.DurationNs = ToNs(ReadInt64(field, "Span.duration"));
                    break;
                case 10:
                    reader.Expect(field, ThriftType.List, "Span.tags");
                    for (int left = reader.ReadStructList("Span.tags"); left > 0; left--)
                        mapping.AddSpanTag(ref row, ref tags, ReadTag());
                    break;
                case 11:
                    reader.Expect(field, ThriftType.List, "Span.logs");
                    for (int left = reader.ReadStructList("Span.logs"); left > 0; left--)
                        ReadLog(ref batch.Events.Add());
                    break;
                default:
                    Skip(field, "Span");
                    break;
            }
        }
        reader.EndStruct(outer);
        row.TraceId = new TraceId(traceIdHigh, traceIdLow);
        row.Resource = resource;
        mapping.Apply(tags, ref row);
        mapping.ResolveParent(ref row, linksStart);
        row.Attributes = new RowRange(attributesStart, batch.SpanAttributes.Count - attributesStart);
        row.Events = new RowRange(eventsStart, batch.Events.Count - eventsStart);
        row.Links = new RowRange(linksStart, batch.Links.Count - linksStart);
    }

    private long ReadInt64(ThriftField field, string what)
    {
        reader.Expect(field, ThriftType.I64, what);
        return reader.ReadInt64(what);
    }

    private int ReadInt32(ThriftField field, string what)
    {
        reader.Expect(field, ThriftType.I32, what);
        return reader.ReadInt32(what);
    }

    // A time no clock shows (beyond the year 2262) must not wrap into one that looks right.
    private static long ToNs(long us) => us switch
    {
        > long.MaxValue / NsPerUs => long.MaxValue,
        < long.MinValue / NsPerUs => long.MinValue,
        _ => us * NsPerUs,
    };
}
