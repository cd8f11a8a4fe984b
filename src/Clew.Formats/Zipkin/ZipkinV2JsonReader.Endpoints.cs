using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

// Endpoints repeat with every span of a service, so each is looked for among the recent ones before it becomes a row of its own. The two tables
// are direct-mapped: a slot is simply overtaken by the next row of its hash, which at worst repeats a row.
internal ref partial struct ZipkinV2JsonReader
{
    /// <summary>The row of the endpoint in the current object; 0 when it says nothing.</summary>
    private int ReadEndpoint()
    {
        Require(JsonTokenType.StartObject, "an object");
        Utf8Slice serviceName = default;
        var addresses = new ZipkinAddresses(stackalloc byte[IpAddressText.Ipv4Bytes], stackalloc byte[IpAddressText.Ipv6Bytes]);
        ushort port = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ZipkinEndpointField field = ZipkinFieldNames.EndpointField(PropertyName());
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
                continue;
            switch (field)
            {
                case ZipkinEndpointField.ServiceName:
                    serviceName = ReadText();
                    break;
                case ZipkinEndpointField.Address:
                    addresses.Parse(batch.Bytes(ReadText()));
                    break;
                case ZipkinEndpointField.Port:
                    port = ReadPort();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
        return EndpointRowOf(serviceName, addresses, port);
    }

    private readonly ushort ReadPort()
    {
        long port = ReadInteger();
        if (port > ushort.MaxValue)
            ThrowRefused($"invalid port {port}", TokenOffset);
        return (ushort)Math.Max(0, port);
    }

    private readonly int EndpointRowOf(Utf8Slice serviceName, in ZipkinAddresses addresses, ushort port)
    {
        ReadOnlySpan<byte> name = batch.Bytes(serviceName);
        if (name.IsEmpty && addresses.IsEmpty && port == 0)
            return 0;
        uint hash = Hash(addresses.Ipv6, Hash(addresses.Ipv4, Hash(name, port)));
        ref int recent = ref recentEndpoints[(int)(hash % (uint)recentEndpoints.Length)];
        if (recent != 0)
        {
            ref readonly EndpointRow row = ref batch.Endpoints[recent];
            if (row.Port == port && batch.Bytes(row.ServiceName).SequenceEqual(name)
                && batch.Bytes(row.Ipv4).SequenceEqual(addresses.Ipv4) && batch.Bytes(row.Ipv6).SequenceEqual(addresses.Ipv6))
                return recent;
        }
        recent = batch.Endpoints.Count;
        batch.Endpoints.Add(new EndpointRow
        {
            ServiceName = serviceName,
            Ipv4 = addresses.Ipv4.IsEmpty ? default : builder.AddText(addresses.Ipv4),
            Ipv6 = addresses.Ipv6.IsEmpty ? default : builder.AddText(addresses.Ipv6),
            Port = port,
        });
        return recent;
    }

    /// <summary>The row of the resource whose only attribute is the endpoint's service name; 0 when it has none.</summary>
    private int ResourceOf(int endpoint)
    {
        Utf8Slice serviceName = batch.Endpoints[endpoint].ServiceName;
        if (serviceName.IsEmpty)
            return 0;
        ReadOnlySpan<byte> name = batch.Bytes(serviceName);
        ref int recent = ref recentResources[(int)(Hash(name, 0) % (uint)recentResources.Length)];
        if (recent != 0 && batch.Bytes(batch.OtherAttributes[batch.Resources[recent].Attributes.Start].Slice).SequenceEqual(name))
            return recent;
        if (serviceNameKey.IsEmpty)
            serviceNameKey = builder.AddText("service.name"u8);
        int attribute = batch.OtherAttributes.Count;
        batch.OtherAttributes.Add(AttributeRow.String(serviceNameKey, serviceName));
        recent = batch.Resources.Count;
        batch.Resources.Add(new ResourceRow { Attributes = new RowRange(attribute, 1) });
        return recent;
    }

    // FNV-1a: names and addresses are a few dozen bytes, and a collision costs one row.
    private static uint Hash(ReadOnlySpan<byte> bytes, uint seed)
    {
        uint hash = seed ^ 2166136261;
        foreach (byte b in bytes)
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
