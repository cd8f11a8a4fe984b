using Clew.Formats.Protobuf;
using Clew.Model;
using Schema = Clew.Formats.Zipkin.ZipkinProto3Schema;
using Tags = Clew.Formats.Zipkin.ZipkinProto3Schema.Tags;

namespace Clew.Formats.Zipkin;

/// <summary>One pass over a <c>ListOfSpans</c>: spans go to the batch as rows, text as slices of the payload.</summary>
internal ref partial struct ZipkinProto3Reader(SpanBatchBuilder builder, ZipkinRows rows)
{
    private readonly SpanBatch batch = builder.Batch;
    private ProtobufReader reader = new(builder.Batch.Payload.Span, builder.Limits.DepthMax);
    private ZipkinRows rows = rows;

    public void ReadList()
    {
        uint tag;
        while ((tag = reader.ReadTag(Schema.ListOfSpans)) != 0)
        {
            if (tag == Tags.Spans)
                ReadSpan();
            else
                reader.SkipUnknown(Schema.ListOfSpans);
        }
    }

    private void ReadSpan()
    {
        int attributesStart = batch.SpanAttributes.Count;
        int eventsStart = batch.Events.Count;
        int spanOffset = reader.Position;
        SpanRow row = default;
        int outerEnd = reader.Enter(Schema.ListOfSpans);
        uint tag;
        while ((tag = reader.ReadTag(Schema.Span)) != 0)
            ReadSpanField(tag, ref row);
        reader.Leave(outerEnd);
        if (row.TraceId.IsZero || row.SpanId.IsZero)
            ZipkinProto3Errors.MissingId(row, spanOffset);
        if (row.StartNs > long.MaxValue - row.DurationNs)
            ZipkinProto3Errors.TooLate("timestamp + duration", spanOffset);
        ZipkinSpanRules.Normalise(ref row);
        row.Attributes = new RowRange(attributesStart, batch.SpanAttributes.Count - attributesStart);
        row.Events = new RowRange(eventsStart, batch.Events.Count - eventsStart);
        batch.Spans.Add(row);
    }

    private void ReadSpanField(uint tag, ref SpanRow row)
    {
        switch (tag)
        {
            case Tags.TraceId:
                ReadOnlySpan<byte> id = reader.ReadBytes(Schema.Span);
                if (!TraceId.TryFromBytes(id, out row.TraceId))
                    ZipkinProto3Errors.IdLength("traceId", id.Length, "8 or 16", reader.Position);
                break;
            case Tags.ParentId:
                row.ParentSpanId = ReadSpanId("parentId");
                break;
            case Tags.Id:
                row.SpanId = ReadSpanId("id");
                break;
            case Tags.Kind:
                row.Kind = KindOf(reader.ReadVarint(Schema.Span));
                break;
            case Tags.Name:
                row.Name = reader.ReadSlice(Schema.Span);
                break;
            case Tags.Timestamp:
                row.StartNs = ToNs(reader.ReadFixed64(Schema.Span), "timestamp");
                break;
            case Tags.Duration:
                row.DurationNs = ToNs(reader.ReadVarint(Schema.Span), "duration");
                break;
            case Tags.LocalEndpoint:
                row.LocalEndpoint = ReadEndpoint();
                row.Resource = rows.Resource(row.LocalEndpoint);
                break;
            case Tags.RemoteEndpoint:
                row.RemoteEndpoint = ReadEndpoint();
                break;
            case Tags.Annotations:
                ReadAnnotation();
                break;
            case Tags.TagEntries:
                ReadTagEntry(ref row);
                break;
            case Tags.Debug:
                row.Traits = ReadFlag(row.Traits, SpanTraits.Debug);
                break;
            case Tags.Shared:
                row.Traits = ReadFlag(row.Traits, SpanTraits.Shared);
                break;
            default:
                reader.SkipUnknown(Schema.Span);
                break;
        }
    }

    private SpanId ReadSpanId(string field)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBytes(Schema.Span);
        if (!SpanId.TryFromBytes(bytes, out SpanId id) && !bytes.IsEmpty)
            ZipkinProto3Errors.IdLength(field, bytes.Length, "8", reader.Position);
        return id;
    }

    private SpanTraits ReadFlag(SpanTraits traits, SpanTraits flag)
    {
        ulong value = reader.ReadVarint(Schema.Span);
        if (value > 1)
            reader.ThrowInvalid(Schema.Span, $"invalid boolean value {value}");
        return value == 1 ? traits | flag : traits & ~flag;
    }

    private readonly long ToNs(ulong micros, string what)
    {
        if (micros > ZipkinTime.MicrosMax)
            ZipkinProto3Errors.TooLate(what, reader.Position);
        return (long)micros * ZipkinTime.NsPerMicro;
    }

    private static SpanKind KindOf(ulong kind) => kind switch
    {
        1 => SpanKind.Client,
        2 => SpanKind.Server,
        3 => SpanKind.Producer,
        4 => SpanKind.Consumer,
        _ => SpanKind.Unspecified,
    };
}
