namespace Clew.Server.Pipeline;

/// <summary>No room for the request now: 429 or 503 with Retry-After, RESOURCE_EXHAUSTED, never a silent drop.</summary>
internal sealed class OverloadedException(string message, TimeSpan retryAfter) : Exception(message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
