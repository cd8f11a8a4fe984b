using System.Net;
using System.Net.Sockets;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>The two endpoints of a span, taken from attributes where the span did not come through Zipkin.</summary>
internal static class ZipkinEndpoints
{
    /// <summary>
    /// OpenTelemetry to Zipkin, "Remote endpoint", in order of rank; the first key present decides. Host names are service names, addresses
    /// stay addresses.
    /// </summary>
    private static readonly (string Key, string? PortKey, bool IsName)[] RemoteSources =
    [
        (AttributeKeys.PeerService, null, true),
        ("server.address", "server.port", true),
        ("net.peer.name", "net.peer.port", true),
        ("network.peer.address", "network.peer.port", false),
        ("server.socket.domain", "server.socket.port", true),
        ("server.socket.address", "server.socket.port", false),
        ("net.sock.peer.name", "net.sock.peer.port", true),
        ("net.sock.peer.addr", "net.sock.peer.port", false),
        ("net.peer.ip", "net.peer.port", false),
        ("peer.hostname", "peer.port", true),
        ("peer.address", "peer.port", false),
        ("db.name", null, true),
    ];

    public static Endpoint? LocalOf(Span span)
    {
        string? serviceName = span.Resource.ServiceName;
        if (span.LocalEndpoint is null)
            return serviceName is null ? null : new Endpoint(serviceName, null, null, 0);
        return span.LocalEndpoint.ServiceName is null ? span.LocalEndpoint with { ServiceName = serviceName } : span.LocalEndpoint;
    }

    public static Endpoint? RemoteOf(Span span)
    {
        if (span.RemoteEndpoint is not null || span.Kind is not (SpanKind.Client or SpanKind.Producer) || ZipkinOrigin.CameThroughZipkin(span))
            return span.RemoteEndpoint;
        foreach ((string key, string? portKey, bool isName) in RemoteSources)
        {
            if (span.Attributes.TextOf(key) is { Length: > 0 } text)
            {
                ushort port = portKey is not null && ushort.TryParse(span.Attributes.TextOf(portKey), out ushort given) ? given : (ushort)0;
                return isName ? new Endpoint(text, null, null, port) : FromAddress(text, port);
            }
        }
        return null;
    }

    // OpenTracing's peer.address may be "address:port" or any text at all.
    private static Endpoint FromAddress(string text, ushort port)
    {
        if (!IPEndPoint.TryParse(text, out IPEndPoint? parsed))
            return new Endpoint(text, null, null, port);
        ushort givenPort = port != 0 ? port : (ushort)parsed.Port;
        IPAddress address = parsed.Address.IsIPv4MappedToIPv6 ? parsed.Address.MapToIPv4() : parsed.Address;
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new Endpoint(null, address, null, givenPort)
            : new Endpoint(null, null, new IPAddress(address.GetAddressBytes()), givenPort);
    }
}
