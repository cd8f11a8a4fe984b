using System.Net.Sockets;

namespace Clew.Server.Receivers.Udp;

/// <summary>Counts what the system dropped of one socket's datagrams, which nobody is told of: looks every two seconds while it lives.</summary>
internal sealed class SystemDrops : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Socket socket;
    private readonly DatagramDrops drops;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private uint counted;

    public SystemDrops(Socket socket, DatagramDrops drops, TimeProvider time)
    {
        this.socket = socket;
        this.drops = drops;
        timer = time.CreateTimer(_ => Count(), null, Interval, Interval);
    }

    /// <summary>Counts what has not been counted.</summary>
    public void Count()
    {
        lock (gate)
        {
            if (ReceiveBuffer.DroppedBySystem(socket) is not { } total || total == counted)
                return;
            // Right over the wrap too.
            drops.CountBySystem(unchecked(total - counted));
            counted = total;
        }
    }

    public ValueTask DisposeAsync() => timer.DisposeAsync();
}
