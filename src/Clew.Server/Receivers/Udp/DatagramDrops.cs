using Clew.Server.Pipeline;
using Clew.Server.Pipeline.Intake;

namespace Clew.Server.Receivers.Udp;

/// <summary>Counts the datagrams a listener loses and tells of them now and then, each reason for itself.</summary>
internal sealed partial class DatagramDrops(string receiver, IngestMetrics metrics, IntakeRegistry intake, ILogger log, TimeProvider time)
{
    /// <summary>No room between the socket and the decoders.</summary>
    public const string QueueFull = "queue-full";

    /// <summary>No room in the socket's buffer: the system dropped them.</summary>
    public const string Kernel = "kernel";

    private readonly LogThrottle queueFull = new(time);
    private readonly LogThrottle kernel = new(time);
    private readonly Dictionary<RefusalReason, LogThrottle> refused = Enum.GetValues<RefusalReason>().ToDictionary(reason => reason, _ => new LogThrottle(time));

    public void CountQueueFull()
    {
        metrics.DatagramDropped(receiver, QueueFull);
        if (queueFull.TryPass(out long since))
            LogDrop(receiver, QueueFull, "the queue between socket and decoders is full (ingest.udpQueueDatagramsMax)", since);
    }

    public void CountBySystem(long count)
    {
        metrics.DatagramDropped(receiver, Kernel, count);
        if (kernel.TryPass(out _))
            LogDroppedBySystem(receiver, count);
    }

    public void Count(Exception exception, ReadOnlySpan<byte> datagram = default)
    {
        Refusal refusal = Refusal.From(exception, IngestGates.RetryAfter);
        string reason = refusal.Reason.Label();
        metrics.DatagramDropped(receiver, reason);
        intake[receiver].KeepRefused(refusal, userAgent: null, datagram);
        if (!refused[refusal.Reason].TryPass(out long since))
            return;
        if (refusal.Reason == RefusalReason.Internal)
            LogFault(receiver, exception);
        else
            LogDrop(receiver, reason, refusal.Message, since);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Receiver}: a datagram was dropped ({Reason}): {Why}. {Since} more since the last such line.")]
    private partial void LogDrop(string receiver, string reason, string why, long since);

    [LoggerMessage(3, LogLevel.Warning, "{Receiver}: the system dropped {Count} datagrams because the socket's buffer was full. Raise ingest.udpReceiveBufferBytes and the system's limit (Linux: sysctl net.core.rmem_max), or let clients use a TCP port.")]
    private partial void LogDroppedBySystem(string receiver, long count);

    [LoggerMessage(2, LogLevel.Error, "{Receiver}: a datagram was dropped because of a fault in the server.")]
    private partial void LogFault(string receiver, Exception exception);
}
