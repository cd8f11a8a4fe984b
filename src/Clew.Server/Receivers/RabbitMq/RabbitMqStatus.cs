namespace Clew.Server.Receivers.RabbitMq;

/// <summary>Whether messages can come in now. Written by the receiver, read from any thread.</summary>
internal sealed class RabbitMqStatus
{
    private volatile string? problem = "no connection yet";

    /// <summary>Why nothing can be received; null while the consumers are subscribed.</summary>
    public string? Problem
    {
        get => problem;
        set => problem = value;
    }
}
