using System.Net;
using System.Net.Sockets;

namespace Clew.Server.Hosting;

/// <summary>Finds out, and says in words, why a listener cannot be bound.</summary>
internal static class PortConflict
{
    /// <summary>
    /// One line for each configured listener that cannot be bound now. Asked before the server starts because Kestrel reports only the
    /// first failure, through its log, and without the setting; another process can still take a port in between.
    /// </summary>
    public static IReadOnlyList<string> Find(Configuration.ListenOptions listen)
    {
        var conflicts = new List<string>();
        foreach (Listener listener in Listener.All)
        {
            if (listener.Configured(listen) is { } endpoint && TryBind(listener, endpoint) is { } error)
                conflicts.Add(Describe(listener, endpoint, error));
        }
        return conflicts;
    }

    /// <summary>One line that names the port, what it is for and the setting that changes it.</summary>
    public static string Describe(Listener listener, IPEndPoint endpoint, SocketError error)
    {
        string protocol = listener.IsUdp ? "UDP" : "TCP";
        string reason = error switch
        {
            SocketError.AddressAlreadyInUse => "is in use by another process",
            SocketError.AccessDenied => "may not be opened by this user",
            SocketError.AddressNotAvailable => "cannot be opened: this machine has no such address",
            _ => $"cannot be opened ({error})",
        };
        return $"{protocol} port {endpoint.Port} on {endpoint.Address} ({listener.Purpose}) {reason}; "
            + $"choose another with --{listener.Setting}=PORT or switch it off with --{listener.Setting}=off";
    }

    private static SocketError? TryBind(Listener listener, IPEndPoint endpoint)
    {
        using Socket socket = listener.IsUdp
            ? UdpListeners.NewSocket(endpoint)
            : new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (!listener.IsUdp && endpoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(endpoint);
            return null;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }
}
