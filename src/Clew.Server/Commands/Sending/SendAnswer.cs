namespace Clew.Server.Commands.Sending;

internal enum SendOutcome
{
    /// <summary>Taken; <see cref="SendAnswer.RejectedSpans"/> of it were not.</summary>
    Accepted,

    /// <summary>Not now: the same request may be sent again.</summary>
    RefusedForNow,

    /// <summary>Never: sending it again would not help.</summary>
    Refused,

    /// <summary>No answer: whether it was taken is not known. Sending it again is safe, since equal spans are kept once.</summary>
    Failed,
}

/// <summary>What became of one request.</summary>
/// <param name="Outcome">Whether it was taken.</param>
/// <param name="Reason">Status or error for people, from a small set: it is counted by this text. Empty when accepted.</param>
/// <param name="RetryAfter">When the receiver wants it again; null when it did not say.</param>
/// <param name="RejectedSpans">OTLP's partial success: spans of an accepted request that were not taken.</param>
internal readonly record struct SendAnswer(SendOutcome Outcome, string Reason = "", TimeSpan? RetryAfter = null, long RejectedSpans = 0)
{
    public bool IsAccepted => Outcome == SendOutcome.Accepted;

    public bool MayRetry => Outcome is SendOutcome.RefusedForNow or SendOutcome.Failed;
}
