using Clew.Formats.Protobuf;
using Clew.Model;
using Schema = Clew.Formats.Zipkin.ZipkinProto3Schema;
using Tags = Clew.Formats.Zipkin.ZipkinProto3Schema.Tags;

namespace Clew.Formats.Zipkin;

/// <summary>One pass over a <c>ListOfSpans</c>: spans go to the batch as rows, text as slices of the payload.</summary>
internal ref struct ZipkinProto3Reader(SpanBatchBuilder builder, ZipkinRows rows)
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

    private int ReadEndpoint()
    {
        Utf8Slice serviceName = default;
        var addresses = new ZipkinAddresses(stackalloc byte[IpAddressText.Ipv4Bytes], stackalloc byte[IpAddressText.Ipv6Bytes]);
        ushort port = 0;
        int outerEnd = reader.Enter(Schema.Span);
        uint tag;
        while ((tag = reader.ReadTag(Schema.Endpoint)) != 0)
        {
            switch (tag)
            {
                case Tags.EndpointServiceName:
                    serviceName = reader.ReadSlice(Schema.Endpoint);
                    break;
                case Tags.EndpointIpv4:
                case Tags.EndpointIpv6:
                    addresses.Set(reader.ReadBytes(Schema.Endpoint));
                    break;
                case Tags.EndpointPort:
                    port = ReadPort();
                    break;
                default:
                    reader.SkipUnknown(Schema.Endpoint);
                    break;
            }
        }
        reader.Leave(outerEnd);
        return rows.Endpoint(serviceName, addresses.Ipv4, addresses.Ipv6, port);
    }

    private void ReadAnnotation()
    {
        EventRow row = default;
        int outerEnd = reader.Enter(Schema.Span);
        uint tag;
        while ((tag = reader.ReadTag(Schema.Annotation)) != 0)
        {
            switch (tag)
            {
                case Tags.AnnotationTimestamp:
                    row.TimeNs = ToNs(reader.ReadFixed64(Schema.Annotation), "annotation timestamp");
                    break;
                case Tags.AnnotationValue:
                    row.Name = reader.ReadSlice(Schema.Annotation);
                    break;
                default:
                    reader.SkipUnknown(Schema.Annotation);
                    break;
            }
        }
        reader.Leave(outerEnd);
        if (row.TimeNs != 0 && !row.Name.IsEmpty)
            batch.Events.Add(row);
    }

    private void ReadTagEntry(ref SpanRow row)
    {
        Utf8Slice key = default;
        Utf8Slice value = default;
        int outerEnd = reader.Enter(Schema.Span);
        uint tag;
        while ((tag = reader.ReadTag(Schema.TagEntry)) != 0)
        {
            switch (tag)
            {
                case Tags.EntryKey:
                    key = reader.ReadSlice(Schema.TagEntry);
                    break;
                case Tags.EntryValue:
                    value = reader.ReadSlice(Schema.TagEntry);
                    break;
                default:
                    reader.SkipUnknown(Schema.TagEntry);
                    break;
            }
        }
        reader.Leave(outerEnd);
        AttributeRow attribute = AttributeRow.String(key, value);
        batch.SpanAttributes.Add(attribute);
        ZipkinSpanRules.ReadError(ref row, attribute, batch);
    }

    private SpanId ReadSpanId(string field)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBytes(Schema.Span);
        if (!SpanId.TryFromBytes(bytes, out SpanId id) && !bytes.IsEmpty)
            ZipkinProto3Errors.IdLength(field, bytes.Length, "8", reader.Position);
        return id;
    }

    private ushort ReadPort()
    {
        // An int32: a negative one travels as 64 bits.
        int port = (int)reader.ReadVarint(Schema.Endpoint);
        if (port > ushort.MaxValue)
            ZipkinProto3Errors.Port(port, reader.Position);
        return (ushort)Math.Max(0, port);
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
