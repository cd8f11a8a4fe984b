using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Zipkin;

/// <summary>
/// The other side of a call, found among the tags as they pass (OpenTelemetry to Zipkin, "Remote endpoint"): the source of the highest rank
/// counts. Names become service names, addresses stay addresses.
/// </summary>
internal struct ZipkinRemoteEndpoint(bool isWanted)
{
    // peer.service: a name whatever it looks like. Rank 0, the default, means "none yet".
    private const int RankMax = 11;

    // The members' names, an IPv6 address with a scope (65 at most), a port.
    private const int MembersBytesMax = 160;

    private int rank;
    private string? host;
    private object? serverPort;
    private object? peerPort;
    private object? networkPort;
    private object? socketPort;
    private object? oldSocketPort;

    public void Consider(string key, object value)
    {
        if (!isWanted)
            return;
        switch (key)
        {
            case "peer.service":
                Offer(11, value);
                break;
            case "server.address":
                Offer(10, value);
                break;
            case "net.peer.name":
                Offer(9, value);
                break;
            case "network.peer.address":
                Offer(8, value);
                break;
            case "server.socket.domain":
                Offer(7, value);
                break;
            case "server.socket.address":
                Offer(6, value);
                break;
            case "net.sock.peer.name":
                Offer(5, value);
                break;
            case "net.sock.peer.addr":
                Offer(4, value);
                break;
            case "peer.hostname":
                Offer(3, value);
                break;
            case "peer.address":
                Offer(2, value);
                break;
            case "db.name":
                Offer(1, value);
                break;
            case "server.port":
                serverPort = value;
                break;
            case "net.peer.port":
                peerPort = value;
                break;
            case "network.peer.port":
                networkPort = value;
                break;
            case "server.socket.port":
                socketPort = value;
                break;
            case "net.sock.peer.port":
                oldSocketPort = value;
                break;
        }
    }

    /// <summary>Whether <see cref="Consider"/> takes this key.</summary>
    public static bool IsSource(string key)
    {
        var probe = new ZipkinRemoteEndpoint(isWanted: true);
        probe.Consider(key, "name");
        return probe.host is not null || (probe.serverPort ?? probe.peerPort ?? probe.networkPort ?? probe.socketPort ?? probe.oldSocketPort) is not null;
    }

    public readonly void Write(PooledBuffer buffer)
    {
        if (host is null)
            return;
        int port = Port();
        Span<byte> to = buffer.Reserve(MembersBytesMax + JsonText.BytesMax(host));
        int at = JsonText.Raw(to, 0, ",\"remoteEndpoint\":{"u8);
        if (rank < RankMax && TryAddress(out IPAddress? address, ref port))
        {
            at = JsonText.Raw(to, at, address.AddressFamily == AddressFamily.InterNetwork ? "\"ipv4\":\""u8 : "\"ipv6\":\""u8);
            address.TryFormat(to[at..], out int length);
            at = JsonText.Raw(to, at + length, "\""u8);
        }
        else
        {
            at = JsonText.Write(to, JsonText.Raw(to, at, "\"serviceName\":"u8), host);
        }
        if (port is > 0 and <= ushort.MaxValue)
        {
            at = JsonText.Raw(to, at, ",\"port\":"u8);
            port.TryFormat(to[at..], out int length, default, CultureInfo.InvariantCulture);
            at += length;
        }
        to[at] = (byte)'}';
        buffer.Keep(at + 1);
    }

    private void Offer(int candidate, object value)
    {
        if (candidate > rank && value is string { Length: > 0 } text)
            (rank, host) = (candidate, text);
    }

    private readonly bool TryAddress([NotNullWhen(true)] out IPAddress? address, ref int port)
    {
        address = null;
        // A bare number would parse as an address too.
        if (!host.AsSpan().ContainsAny('.', ':') || !IPEndPoint.TryParse(host!, out IPEndPoint? parsed))
            return false;
        address = parsed.Address.IsIPv4MappedToIPv6 ? parsed.Address.MapToIPv4() : parsed.Address;
        port = port != 0 ? port : parsed.Port;
        return true;
    }

    private readonly int Port()
    {
        object? port = rank switch
        {
            10 => serverPort,
            9 => peerPort,
            8 => networkPort,
            7 or 6 => socketPort,
            5 or 4 => oldSocketPort,
            _ => null,
        };
        return port switch
        {
            int number => number,
            long number and >= 0 and <= ushort.MaxValue => (int)number,
            string text when ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) => number,
            _ => 0,
        };
    }
}
