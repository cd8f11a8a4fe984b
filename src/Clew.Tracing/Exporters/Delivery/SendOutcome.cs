namespace Clew.Tracing.Exporters.Delivery;

/// <summary>What one attempt came to.</summary>
internal readonly record struct SendOutcome(SendResult Result, TimeSpan? RetryAfter = null);

internal enum SendResult
{
    Sent,

    /// <summary>Not now: again after <see cref="SendOutcome.RetryAfter"/>, or when the sender sees fit.</summary>
    Retry,

    /// <summary>Never.</summary>
    Refused,
}
