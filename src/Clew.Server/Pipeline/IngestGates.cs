using Clew.Server.Configuration;

namespace Clew.Server.Pipeline;

/// <summary>The two bounds all requests share: buffer memory, and batches being decoded or stored.</summary>
internal sealed class IngestGates : IDisposable
{
    public IngestGates(IngestOptions options, TimeProvider time)
    {
        TimeSpan wait = TimeSpan.FromMilliseconds(options.QueueWaitMs);
        Memory = new AdmissionGate(
            "the server is receiving as much as ingest.inFlightBytesMax allows; try again later",
            Permits(options.InFlightBytesMax), Permits(options.QueueBytesMax), wait, RetryAfter, time);
        // Whoever waits here already holds memory, so their number is bounded without a bound of its own.
        Batches = new AdmissionGate(
            "the server is storing as many batches as ingest.batchesInFlightMax allows; try again later",
            options.BatchesInFlightMax, int.MaxValue, wait, RetryAfter, time);
    }

    /// <summary>What senders are told to wait: Retry-After has whole seconds, and a store that is behind needs about one to catch up.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <summary>In permits of 1 KiB.</summary>
    public AdmissionGate Memory { get; }

    public AdmissionGate Batches { get; }

    public void Dispose()
    {
        Memory.Dispose();
        Batches.Dispose();
    }

    private static int Permits(long bytes) => (int)Math.Min(MemoryTicket.ToPermits(bytes), int.MaxValue);
}
