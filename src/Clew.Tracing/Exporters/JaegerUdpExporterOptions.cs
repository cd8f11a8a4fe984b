namespace Clew.Tracing.Exporters;

/// <summary>Options of <see cref="JaegerUdpExporter"/>.</summary>
public sealed class JaegerUdpExporterOptions
{
    /// <summary>The largest datagram Jaeger's agent and its successors read.</summary>
    public const int PacketBytesLimit = 65_000;

    /// <summary>Name or address of the agent.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>The agent's port for the compact protocol.</summary>
    public int Port { get; set; } = 6831;

    /// <summary>The largest datagram to send, in bytes; from 1,000 to <see cref="PacketBytesLimit"/>. macOS takes no more than 9,216.</summary>
    public int PacketBytesMax { get; set; } = PacketBytesLimit;

    /// <exception cref="ArgumentOutOfRangeException">The packet size or the port is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PacketBytesMax, 1_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PacketBytesMax, PacketBytesLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(Port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue);
    }
}
