using System.Buffers;
using System.Net;
using Clew.Model;

namespace Clew.Storage.Segments.Tables;

/// <summary>
/// Resources, scopes and endpoints as bytes, so that one column holds each of them whole. Equal ones have equal bytes, whether written from objects or
/// from the rows of a batch. Layout: docs/format/columns.md.
/// </summary>
internal static partial class RowBlobs
{
    public static void WriteResource(IBufferWriter<byte> output, Resource resource)
    {
        AttributeValueCodec.WriteEntries(output, resource.Attributes);
        output.WriteVarint(resource.DroppedAttributesCount);
        output.WriteText(resource.SchemaUrl);
    }

    public static void WriteScope(IBufferWriter<byte> output, Scope scope)
    {
        output.WriteText(scope.Name);
        output.WriteText(scope.Version);
        AttributeValueCodec.WriteEntries(output, scope.Attributes);
        output.WriteVarint(scope.DroppedAttributesCount);
        output.WriteText(scope.SchemaUrl);
    }

    /// <summary>An empty service name is written, and read back, as none: a batch cannot tell them apart.</summary>
    public static void WriteEndpoint(IBufferWriter<byte> output, Endpoint endpoint)
    {
        output.WriteText(endpoint.ServiceName ?? "");
        output.WriteBytes(endpoint.Ipv4?.GetAddressBytes());
        output.WriteBytes(endpoint.Ipv6?.GetAddressBytes());
        output.WriteVarint(endpoint.Port);
    }

    /// <exception cref="SegmentFormatException">The bytes are not one whole resource.</exception>
    public static Resource ReadResource(ReadOnlySpan<byte> bytes)
    {
        var reader = new ValueReader(bytes, "a resource");
        var resource = new Resource(reader.ReadEntries())
        {
            DroppedAttributesCount = reader.ReadUInt32(),
            SchemaUrl = reader.ReadText(),
        };
        reader.ExpectEnd();
        return resource;
    }

    /// <exception cref="SegmentFormatException">The bytes are not one whole scope.</exception>
    public static Scope ReadScope(ReadOnlySpan<byte> bytes)
    {
        var reader = new ValueReader(bytes, "a scope");
        var scope = new Scope(reader.ReadText(), reader.ReadText())
        {
            Attributes = reader.ReadEntries(),
            DroppedAttributesCount = reader.ReadUInt32(),
            SchemaUrl = reader.ReadText(),
        };
        reader.ExpectEnd();
        return scope;
    }

    /// <exception cref="SegmentFormatException">The bytes are not one whole endpoint.</exception>
    public static Endpoint ReadEndpoint(ReadOnlySpan<byte> bytes)
    {
        var reader = new ValueReader(bytes, "an endpoint");
        string service = reader.ReadText();
        var endpoint = new Endpoint(service.Length == 0 ? null : service, ReadAddress(ref reader), ReadAddress(ref reader), ReadPort(ref reader));
        reader.ExpectEnd();
        return endpoint;
    }

    private static IPAddress? ReadAddress(ref ValueReader reader)
    {
        ReadOnlySpan<byte> address = reader.ReadBytes();
        return address.Length switch
        {
            0 => null,
            4 or 16 => new IPAddress(address),
            _ => throw reader.Bad($"an address has {address.Length} bytes"),
        };
    }

    private static ushort ReadPort(ref ValueReader reader) =>
        reader.ReadUInt32() is var port && port <= ushort.MaxValue ? (ushort)port : throw reader.Bad($"{port} is no port");
}
