using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

/// <summary>Reads <c>zipkincore.Span</c> structs (zipkincore.thrift), whatever Thrift protocol they are in.</summary>
internal ref partial struct ZipkinV1ThriftReader<TReader>(TReader reader, SpanBatchBuilder builder, ZipkinV1Converter converter, ZipkinRows rows)
    where TReader : struct, IThriftReader, allows ref struct
{
    private readonly SpanBatch batch = builder.Batch;
    private TReader reader = reader;
    private ZipkinRows rows = rows;

    /// <summary>The arguments of <c>emitZipkinBatch(1: list&lt;Span&gt; spans)</c>.</summary>
    public void ReadArguments()
    {
        const string structName = "the arguments of emitZipkinBatch";
        bool found = false;
        short outer = reader.BeginStruct();
        while (reader.NextField(structName, out ThriftField field))
        {
            if (field.Id == 1 && !found)
            {
                reader.Expect(field, ThriftType.List, "emitZipkinBatch.spans");
                ReadSpans(reader.ReadStructList("emitZipkinBatch.spans"));
                found = true;
            }
            else
            {
                Skip(field, structName);
            }
        }
        reader.EndStruct(outer);
        if (!found)
            ThriftErrors.Envelope("emitZipkinBatch came without spans", reader.Position);
    }

    /// <summary>A bare list. An old reporter in Java named the wrong element type, strings, and wrote structs.</summary>
    public void ReadList()
    {
        int count = reader.ReadListHeader("the list of spans", out ThriftType elementType);
        if (elementType is not (ThriftType.Struct or ThriftType.Binary))
            ThriftErrors.WrongType("the list of spans", ThriftType.Struct, elementType, reader.Position);
        ReadSpans(count);
    }

    /// <summary>Bytes after the list would be spans nobody sees: they are refused, not ignored.</summary>
    public readonly void ReadEnd()
    {
        if (reader.Remaining != 0)
            ThriftErrors.Envelope($"{reader.Remaining} bytes follow the spans", reader.Position);
    }

    private void ReadSpans(int count)
    {
        for (; count > 0; count--)
            ReadSpan(converter.Begin());
    }

    private void ReadSpan(ZipkinV1Span span)
    {
        int start = reader.Position;
        ref SpanRow row = ref span.Common;
        ulong traceIdLow = 0;
        ulong traceIdHigh = 0;
        short outer = reader.BeginStruct();
        while (reader.NextField("Span", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    traceIdLow = (ulong)ReadInt64(field, "Span.trace_id");
                    break;
                case 3:
                    row.Name = ReadBinary(field, "Span.name");
                    break;
                case 4:
                    row.SpanId = new SpanId((ulong)ReadInt64(field, "Span.id"));
                    break;
                case 5:
                    row.ParentSpanId = new SpanId((ulong)ReadInt64(field, "Span.parent_id"));
                    break;
                case 6:
                    reader.Expect(field, ThriftType.List, "Span.annotations");
                    for (int left = reader.ReadStructList("Span.annotations"); left > 0; left--)
                        ReadAnnotation(span);
                    break;
                case 8:
                    reader.Expect(field, ThriftType.List, "Span.binary_annotations");
                    for (int left = reader.ReadStructList("Span.binary_annotations"); left > 0; left--)
                        ReadBinaryAnnotation(span);
                    break;
                case 9:
                    reader.Expect(field, ThriftType.Bool, "Span.debug");
                    row.Traits = reader.ReadBool("Span.debug") ? SpanTraits.Debug : SpanTraits.None;
                    break;
                case 10:
                    row.StartNs = ReadTime(field, "Span.timestamp");
                    break;
                case 11:
                    row.DurationNs = ReadTime(field, "Span.duration");
                    break;
                case 12:
                    traceIdHigh = (ulong)ReadInt64(field, "Span.trace_id_high");
                    break;
                default:
                    Skip(field, "Span");
                    break;
            }
        }
        reader.EndStruct(outer);
        row.TraceId = new TraceId(traceIdHigh, traceIdLow);
        if (row.TraceId.IsZero)
            ZipkinV1ThriftErrors.Refused("traceId == 0", start);
        if (row.SpanId.IsZero)
            ZipkinV1ThriftErrors.Refused("id == 0", start);
        converter.Complete(ref rows);
    }

    private long ReadTime(ThriftField field, string what)
    {
        long micros = ReadInt64(field, what);
        if (micros > ZipkinTime.MicrosMax)
            ZipkinV1ThriftErrors.Refused($"{what} lies beyond the year 2262", reader.Position);
        return Math.Max(0, micros) * ZipkinTime.NsPerMicro;
    }

    private long ReadInt64(ThriftField field, string what)
    {
        reader.Expect(field, ThriftType.I64, what);
        return reader.ReadInt64(what);
    }

    private Utf8Slice ReadBinary(ThriftField field, string what)
    {
        reader.Expect(field, ThriftType.Binary, what);
        return reader.ReadBinary(what);
    }

    private void Skip(ThriftField field, string structName) => reader.Skip(field.Type, structName, builder.Limits.DepthMax);
}
