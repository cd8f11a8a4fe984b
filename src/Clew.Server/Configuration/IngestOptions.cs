namespace Clew.Server.Configuration;

/// <summary>How much may be on its way from the receivers to the store. Beyond that requests wait a little, then senders are told to come back later.</summary>
internal sealed record IngestOptions
{
    /// <summary>Bytes of buffers of all requests that are being received, decoded or stored. Default 256 MiB.</summary>
    public long InFlightBytesMax { get; init; } = 256L << 20;

    /// <summary>Bytes that requests may wait for when <see cref="InFlightBytesMax"/> is in use; beyond it they are answered as overload at once. Default 128 MiB.</summary>
    public long QueueBytesMax { get; init; } = 128L << 20;

    /// <summary>Milliseconds a request waits for room before it is answered as overload. Default 500.</summary>
    public int QueueWaitMs { get; init; } = 500;

    /// <summary>Requests being decoded or stored at a time; what all unfold to is at most this many times the limits of one. Default 32: most of the time of one is waiting for the disk.</summary>
    public int BatchesInFlightMax { get; init; } = 32;

    /// <summary>Datagrams that wait to be decoded, per UDP listener; more are dropped and counted. Default 1,000.</summary>
    public int UdpQueueDatagramsMax { get; init; } = 1000;

    /// <summary>Receive buffer asked of the operating system, per UDP listener. Default 4 MiB; 0 leaves the system's own.</summary>
    public int UdpReceiveBufferBytes { get; init; } = 4 << 20;
}
