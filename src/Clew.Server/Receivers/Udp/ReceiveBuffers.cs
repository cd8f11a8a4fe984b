using System.Collections.Concurrent;

namespace Clew.Server.Receivers.Udp;

/// <summary>The buffers of the UDP receivers, for those who look at the intake; the smallest where a receiver has several sockets.</summary>
internal sealed class ReceiveBuffers
{
    private readonly ConcurrentDictionary<string, ReceiveBuffer> buffers = new(StringComparer.Ordinal);

    public void Add(string receiver, ReceiveBuffer buffer) =>
        buffers.AddOrUpdate(receiver, buffer, (_, other) => other.GrantedBytes < buffer.GrantedBytes ? other : buffer);

    /// <summary>Null for receivers without a datagram socket.</summary>
    public ReceiveBuffer? Of(string receiver) => buffers.TryGetValue(receiver, out ReceiveBuffer buffer) ? buffer : null;
}
