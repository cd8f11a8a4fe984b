using System.Net;
using System.Net.Sockets;
using Clew.Server.Configuration;

namespace Clew.Server.Hosting;

/// <summary>Binds the UDP listeners for their receivers, so that conflicts are told alike and the real ports are known.</summary>
internal sealed class UdpListeners(ClewOptions options, BoundListeners bound)
{
    /// <summary>A bound datagram socket that the caller owns, or null when the listener is off.</summary>
    /// <exception cref="ListenException">The address cannot be bound; the message names the setting.</exception>
    public Socket? Bind(ListenerRole role)
    {
        Listener listener = Listener.Of(role);
        if (listener.Configured(options.Listen) is not { } endpoint)
            return null;
        Socket socket = NewSocket(endpoint);
        try
        {
            socket.Bind(endpoint);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new ListenException(PortConflict.Describe(listener, endpoint, error.SocketErrorCode), error);
        }
        var real = (IPEndPoint)socket.LocalEndPoint!;
        bound.Add(role, () => real);
        return socket;
    }

    /// <summary>A socket that takes IPv4 too when bound to any IPv6 address, as the TCP listeners do.</summary>
    internal static Socket NewSocket(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (endpoint.Address.Equals(IPAddress.IPv6Any))
            socket.DualMode = true;
        return socket;
    }
}
