namespace Clew.Tracing.Messaging;

/// <summary>OpenTelemetry's semantic conventions for messaging spans.</summary>
internal static class MessagingAttributes
{
    public const string System = "messaging.system";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string DestinationName = "messaging.destination.name";
    public const string BatchMessageCount = "messaging.batch.message_count";
    public const string RoutingKey = "messaging.rabbitmq.destination.routing_key";

    public const string Send = "send";
    public const string Receive = "receive";
    public const string Process = "process";
}
