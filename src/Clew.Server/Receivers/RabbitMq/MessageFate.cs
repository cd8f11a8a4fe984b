namespace Clew.Server.Receivers.RabbitMq;

/// <summary>What the broker is told about a message.</summary>
internal enum MessageFate
{
    /// <summary>Its spans are stored.</summary>
    Acknowledge,

    /// <summary>It can never be taken: dropped, or dead-lettered if the queue is set up so.</summary>
    Reject,

    /// <summary>Not now: delivered again later, here or to another consumer.</summary>
    Requeue,
}
