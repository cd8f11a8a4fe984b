using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

internal ref partial struct ZipkinJsonReader
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
        return rows.Endpoint(serviceName, addresses.Ipv4, addresses.Ipv6, port);
    }

    private readonly ushort ReadPort()
    {
        long port = ReadInteger();
        if (port > ushort.MaxValue)
            ThrowRefused($"invalid port {port}", TokenOffset);
        return (ushort)Math.Max(0, port);
    }
}
