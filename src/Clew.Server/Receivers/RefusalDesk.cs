using Clew.Server.Pipeline;
using Clew.Server.Pipeline.Intake;

namespace Clew.Server.Receivers;

/// <summary>Turns whatever went wrong with a request into a <see cref="Refusal"/>, counted, remembered and, when it is our fault, logged.</summary>
internal sealed partial class RefusalDesk(IngestMetrics metrics, IntakeRegistry intake, ILogger<RefusalDesk> log)
{
    /// <param name="receiver">One of <see cref="ReceiverName"/>.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="userAgent">How the client names itself.</param>
    /// <param name="seen">What is there of the payload; its beginning is kept for people to look at.</param>
    public Refusal Refuse(string receiver, Exception exception, string? userAgent = null, ReadOnlySpan<byte> seen = default)
    {
        Refusal refusal = Judge(receiver, exception);
        metrics.RequestRefused(receiver, refusal.Reason);
        intake[receiver].KeepRefused(refusal, userAgent, seen);
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
