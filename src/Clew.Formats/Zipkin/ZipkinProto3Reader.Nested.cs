using Clew.Model;
using Schema = Clew.Formats.Zipkin.ZipkinProto3Schema;
using Tags = Clew.Formats.Zipkin.ZipkinProto3Schema.Tags;

namespace Clew.Formats.Zipkin;

// The messages inside a span: endpoints, annotations, tags.
internal ref partial struct ZipkinProto3Reader
{
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

    private ushort ReadPort()
    {
        // An int32: a negative one travels as 64 bits.
        int port = (int)reader.ReadVarint(Schema.Endpoint);
        if (port > ushort.MaxValue)
            ZipkinProto3Errors.Port(port, reader.Position);
        return (ushort)Math.Max(0, port);
    }
}
