using System.Diagnostics;

namespace Clew.Tracing.Messaging;

/// <summary>
/// Spans of messages for queues that are not traced by themselves, by OpenTelemetry's conventions: named <c>send {destination}</c> and <c>process {destination}</c> unless
/// named otherwise. All return null where nobody listens to <see cref="SourceName"/>; whoever gets a span disposes it.
/// </summary>
public static class MessagingSpans
{
    /// <summary>The source of these spans; <c>AddClewMessagingInstrumentation</c> and <c>AddClewTracing</c> listen to it.</summary>
    public const string SourceName = "Clew.Tracing.Messaging";

    // More links than this help nobody, and make a span that no receiver takes.
    private const int LinksMax = 128;

    internal static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts the span of sending a message and writes its context into the message's headers.</summary>
    /// <param name="system">What carries the message: <c>rabbitmq</c>, <c>kafka</c>, <c>nats</c>.</param>
    /// <param name="destination">The queue or topic.</param>
    /// <param name="headers">The message's headers; null where the body carries the context (<see cref="MessageEnvelope"/>).</param>
    /// <param name="name">Another name for the span.</param>
    public static Activity? StartSend(string system, string destination, IDictionary<string, object?>? headers, string? name = null)
    {
        Activity? span = Source.CreateActivity(name ?? $"{MessagingAttributes.Send} {destination}", ActivityKind.Producer, default(ActivityContext), Tags(system, destination, MessagingAttributes.Send))?.Start();
        // Without a span of its own the message continues the one around it.
        if (headers is not null)
            MessageContext.Inject(headers, span);
        return span;
    }

    /// <summary>Starts the span of handling one message: a child of the span that sent it, with the baggage that came along.</summary>
    /// <param name="system">What carried the message.</param>
    /// <param name="destination">The queue or topic.</param>
    /// <param name="message">What <see cref="MessageContext.Extract(IDictionary{string, object?}?)"/> or <see cref="MessageEnvelope.Unwrap"/> read.</param>
    /// <param name="name">Another name for the span.</param>
    public static Activity? StartProcess(string system, string destination, in MessageContext message, string? name = null)
    {
        Activity? span = Source.StartActivity(
            name ?? $"{MessagingAttributes.Process} {destination}", ActivityKind.Consumer, message.Producer, Tags(system, destination, MessagingAttributes.Process));
        foreach ((string key, string? value) in message.Baggage ?? [])
            span?.AddBaggage(key, value);
        return span;
    }

    /// <summary>Starts the span of handling several messages together: in the trace around it or a new one, with a link to each span that sent one (up to 128).</summary>
    /// <param name="system">What carried the messages.</param>
    /// <param name="destination">The queue or topic.</param>
    /// <param name="messages">Their contexts.</param>
    /// <param name="name">Another name for the span.</param>
    public static Activity? StartProcessBatch(string system, string destination, IReadOnlyList<MessageContext> messages, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        KeyValuePair<string, object?>[] tags = [.. Tags(system, destination, MessagingAttributes.Process), new(MessagingAttributes.BatchMessageCount, messages.Count)];
        ActivityLink[] links = [.. messages.Where(message => message.HasProducer).Take(LinksMax).Select(message => new ActivityLink(message.Producer))];
        return Source.StartActivity(name ?? $"{MessagingAttributes.Process} {destination}", ActivityKind.Consumer, default(ActivityContext), tags, links);
    }

    private static KeyValuePair<string, object?>[] Tags(string system, string destination, string operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(system);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        return
        [
            new(MessagingAttributes.System, system),
            new(MessagingAttributes.DestinationName, destination),
            new(MessagingAttributes.OperationName, operation),
            new(MessagingAttributes.OperationType, operation),
        ];
    }
}
