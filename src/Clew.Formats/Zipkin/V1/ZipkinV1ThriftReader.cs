using System.Buffers.Binary;
using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

/// <summary>Reads <c>zipkincore.Span</c> structs (zipkincore.thrift), whatever Thrift protocol they are in.</summary>
internal ref struct ZipkinV1ThriftReader<TReader>(TReader reader, SpanBatchBuilder builder, ZipkinV1Converter converter, ZipkinRows rows)
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

    private void ReadAnnotation(ZipkinV1Span span)
    {
        long timeNs = 0;
        Utf8Slice value = default;
        int endpoint = 0;
        short outer = reader.BeginStruct();
        while (reader.NextField("Annotation", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    timeNs = ReadTime(field, "Annotation.timestamp");
                    break;
                case 2:
                    value = ReadBinary(field, "Annotation.value");
                    break;
                case 3:
                    endpoint = ReadEndpoint(field, "Annotation.host");
                    break;
                default:
                    Skip(field, "Annotation");
                    break;
            }
        }
        reader.EndStruct(outer);
        span.Annotate(timeNs, value, endpoint, builder.Limits);
    }

    private void ReadBinaryAnnotation(ZipkinV1Span span)
    {
        Utf8Slice key = default;
        Utf8Slice value = default;
        int type = 0;
        int endpoint = 0;
        short outer = reader.BeginStruct();
        while (reader.NextField("BinaryAnnotation", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    key = ReadBinary(field, "BinaryAnnotation.key");
                    break;
                case 2:
                    value = ReadBinary(field, "BinaryAnnotation.value");
                    break;
                case 3:
                    reader.Expect(field, ThriftType.I32, "BinaryAnnotation.annotation_type");
                    type = reader.ReadInt32("BinaryAnnotation.annotation_type");
                    break;
                case 4:
                    endpoint = ReadEndpoint(field, "BinaryAnnotation.host");
                    break;
                default:
                    Skip(field, "BinaryAnnotation");
                    break;
            }
        }
        reader.EndStruct(outer);
        if (!key.IsEmpty)
            span.Tag(Attribute(key, value, type), endpoint, builder.Limits);
    }

    /// <summary>A value by its type; one that has not the bytes of its type stays bytes.</summary>
    private readonly AttributeRow Attribute(Utf8Slice key, Utf8Slice value, int type)
    {
        ReadOnlySpan<byte> bytes = batch.Bytes(value);
        return (type, bytes.Length) switch
        {
            (0, 1) => AttributeRow.From(key, bytes[0] != 0),
            (2, sizeof(short)) => AttributeRow.From(key, BinaryPrimitives.ReadInt16BigEndian(bytes)),
            (3, sizeof(int)) => AttributeRow.From(key, BinaryPrimitives.ReadInt32BigEndian(bytes)),
            (4, sizeof(long)) => AttributeRow.From(key, BinaryPrimitives.ReadInt64BigEndian(bytes)),
            (5, sizeof(double)) => AttributeRow.From(key, BinaryPrimitives.ReadDoubleBigEndian(bytes)),
            (6, _) => AttributeRow.String(key, value),
            _ => AttributeRow.Bytes(key, value),
        };
    }

    private int ReadEndpoint(ThriftField hostField, string what)
    {
        reader.Expect(hostField, ThriftType.Struct, what);
        var addresses = new ZipkinAddresses(stackalloc byte[IpAddressText.Ipv4Bytes], stackalloc byte[IpAddressText.Ipv6Bytes]);
        Span<byte> ipv4 = stackalloc byte[IpAddressText.Ipv4Bytes];
        Utf8Slice serviceName = default;
        ushort port = 0;
        short outer = reader.BeginStruct();
        while (reader.NextField("Endpoint", out ThriftField field))
        {
            switch (field.Id)
            {
                case 1:
                    reader.Expect(field, ThriftType.I32, "Endpoint.ipv4");
                    BinaryPrimitives.WriteInt32BigEndian(ipv4, reader.ReadInt32("Endpoint.ipv4"));
                    // 0.0.0.0 is how a client says that it does not know.
                    if (ipv4.ContainsAnyExcept((byte)0))
                        addresses.Set(ipv4);
                    break;
                case 2:
                    reader.Expect(field, ThriftType.I16, "Endpoint.port");
                    port = (ushort)reader.ReadInt16("Endpoint.port");
                    break;
                case 3:
                    serviceName = ReadBinary(field, "Endpoint.service_name");
                    break;
                case 4:
                    addresses.Set(batch.Bytes(ReadBinary(field, "Endpoint.ipv6")));
                    break;
                default:
                    Skip(field, "Endpoint");
                    break;
            }
        }
        reader.EndStruct(outer);
        return rows.Endpoint(serviceName, addresses.Ipv4, addresses.Ipv6, port);
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
