using Clew.Server.Pipeline;

namespace Clew.Server.Receivers;

/// <summary>Turns whatever went wrong with a request into a <see cref="Refusal"/>, counted and, when it is our fault, logged.</summary>
internal sealed partial class RefusalDesk(IngestMetrics metrics, ILogger<RefusalDesk> log)
{
    public Refusal Refuse(string receiver, Exception exception)
    {
        Refusal refusal = Judge(receiver, exception);
        metrics.RequestRefused(receiver, refusal.Reason);
        return refusal;
    }

    /// <summary>The same without counting: for requests that bring no spans.</summary>
    public Refusal Judge(string target, Exception exception)
    {
        Refusal refusal = Refusal.From(exception, IngestGates.RetryAfter);
        if (refusal.Reason == RefusalReason.Internal)
            LogFault(target, exception);
        return refusal;
    }

    [LoggerMessage(1, LogLevel.Error, "A request to {Target} failed because of a fault in the server.")]
    private partial void LogFault(string target, Exception exception);
}
