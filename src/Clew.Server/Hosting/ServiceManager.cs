using System.Collections;
using System.Net.Sockets;
using System.Text;

namespace Clew.Server.Hosting;

/// <summary>
/// Tells systemd how the service is (sd_notify(3), <c>Type=notify</c>): a datagram to the socket named by NOTIFY_SOCKET. Does nothing
/// where no service manager asked for it.
/// </summary>
internal sealed class ServiceManager(IDictionary environment)
{
    public const string Ready = "READY=1";
    public const string Stopping = "STOPPING=1";

    private readonly string? path = (string?)environment["NOTIFY_SOCKET"];

    /// <exception cref="SocketException">The service manager gave a socket and does not listen on it.</exception>
    public void Notify(string state)
    {
        if (string.IsNullOrEmpty(path))
            return;
        // "@" stands for the zero byte of Linux's abstract names.
        var endpoint = new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.SendTo(Encoding.UTF8.GetBytes(state), endpoint);
    }
}
