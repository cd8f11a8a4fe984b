using System.Diagnostics.Metrics;

namespace Clew.Server.Receivers.RabbitMq;

/// <summary>The instruments of meter <c>Clew.RabbitMq</c>; spans and refusals are counted by the pipeline as for every receiver.</summary>
internal sealed class RabbitMqMetrics
{
    public const string MeterName = "Clew.RabbitMq";

    private readonly Counter<long> connects;
    private readonly Counter<long> connectsFailed;
    private readonly Counter<long> messages;

    public RabbitMqMetrics(IMeterFactory meters, RabbitMqStatus status)
    {
        Meter meter = meters.Create(MeterName);
        connects = meter.CreateCounter<long>("clew.rabbitmq.connects", "{connection}", "Connections to the broker that were made.");
        connectsFailed = meter.CreateCounter<long>("clew.rabbitmq.connects.failed", "{attempt}", "Attempts to connect and to subscribe that failed.");
        messages = meter.CreateCounter<long>("clew.rabbitmq.messages", "{message}", "Messages by what the broker was told: acknowledged, rejected (dropped by the broker), requeued.");
        meter.CreateObservableGauge("clew.rabbitmq.subscribed", () => status.Problem is null ? 1 : 0, null, "1 while the queue is subscribed, else 0.");
        // Present from the start, so that an alert on their increase sees the first one.
        connects.Add(0);
        connectsFailed.Add(0);
        foreach (MessageFate fate in Enum.GetValues<MessageFate>())
            messages.Add(0, Label(fate));
    }

    public void Connected() => connects.Add(1);

    public void ConnectFailed() => connectsFailed.Add(1);

    public void Settled(MessageFate fate) => messages.Add(1, Label(fate));

    private static KeyValuePair<string, object?> Label(MessageFate fate) => new("outcome", fate switch
    {
        MessageFate.Acknowledge => "acknowledged",
        MessageFate.Reject => "rejected",
        _ => "requeued",
    });
}
