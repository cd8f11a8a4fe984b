namespace Clew.Tracing;

/// <summary>Spans of messages this process sends and handles.</summary>
public sealed class MessagingSpanOptions
{
    /// <summary>False leaves the messages to whoever else records them.</summary>
    public bool Enabled { get; set; } = true;
}
