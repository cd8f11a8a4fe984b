using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Clew.Server.Receivers.Udp;

/// <summary>Room the system has for datagrams that wait to be read.</summary>
/// <param name="GrantedBytes">What it gave; a third to a half of it is its own bookkeeping.</param>
/// <param name="AskedBytes">What was asked for; 0 for whatever the system gives.</param>
internal readonly record struct ReceiveBuffer(int GrantedBytes, int AskedBytes)
{
    // Linux, asm-generic/socket.h and linux/sock_diag.h.
    private const int SolSocket = 1;
    private const int SoReceiveBufferForce = 33;
    private const int SoMemInfo = 55;
    private const int MemInfoWords = 9;
    private const int MemInfoDrops = 8;

    public bool IsSmall => GrantedBytes < AskedBytes;

    /// <summary>Asks for a buffer and sees what was given. Beyond net.core.rmem_max Linux gives only to those who may administer the network.</summary>
    public static ReceiveBuffer Ask(Socket socket, int bytes)
    {
        if (bytes > 0)
            socket.ReceiveBufferSize = bytes;
        ReceiveBuffer given = new(Granted(socket), bytes);
        return given.IsSmall && TryForce(socket, bytes) ? new(Granted(socket), bytes) : given;
    }

    /// <summary>
    /// Datagrams the system has dropped since the socket was opened, because the buffer was full or they were damaged; counts on from 0 after 2^32 - 1.
    /// Null where the system does not say (Linux does since 4.12: socket(7) does not name it, sock_diag(7) does as SK_MEMINFO_DROPS).
    /// </summary>
    public static uint? DroppedBySystem(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<uint> words = stackalloc uint[MemInfoWords];
        try
        {
            int bytes = socket.GetRawSocketOption(SolSocket, SoMemInfo, MemoryMarshal.AsBytes(words));
            return bytes >= MemInfoWords * sizeof(uint) ? words[MemInfoDrops] : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    // Linux reports twice what it granted, for its own bookkeeping (socket(7), SO_RCVBUF).
    private static int Granted(Socket socket) => OperatingSystem.IsLinux() ? socket.ReceiveBufferSize / 2 : socket.ReceiveBufferSize;

    private static bool TryForce(Socket socket, int bytes)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            socket.SetRawSocketOption(SolSocket, SoReceiveBufferForce, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in bytes)));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
