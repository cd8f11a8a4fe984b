namespace Clew.Server.Pipeline;

/// <summary>The request cannot be taken as it is, whatever its spans are; sending it again would not help.</summary>
internal sealed class RequestRefusedException(RefusalReason reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public RefusalReason Reason { get; } = reason;
}
