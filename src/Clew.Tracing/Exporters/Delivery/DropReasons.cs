namespace Clew.Tracing.Exporters.Delivery;

/// <summary>Values of the tag <c>reason</c> on the counter of dropped spans.</summary>
internal static class DropReasons
{
    /// <summary>Memory was full and there is no spool.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>The oldest in the spool, which gave way.</summary>
    public const string SpoolFull = "spool_full";

    /// <summary>The spool could not be written or read.</summary>
    public const string SpoolFailed = "spool_failed";

    /// <summary>The server answered that it will never take them.</summary>
    public const string Refused = "refused";

    /// <summary>Unsent at the end of shutdown, and there is no spool.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>One span alone is larger than a datagram may be.</summary>
    public const string TooLarge = "too_large";

    /// <summary>A datagram could not be sent.</summary>
    public const string SendFailed = "send_failed";

    /// <summary>No W3C ids.</summary>
    public const string InvalidId = "invalid_id";

    /// <summary>Reading a tag's value threw.</summary>
    public const string Unreadable = "unreadable";
}
