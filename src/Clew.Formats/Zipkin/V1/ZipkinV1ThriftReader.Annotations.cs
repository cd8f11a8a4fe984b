using System.Buffers.Binary;
using Clew.Formats.Thrift;
using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

// Annotations of both sorts, and the endpoints they name.
internal ref partial struct ZipkinV1ThriftReader<TReader>
{
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
}
