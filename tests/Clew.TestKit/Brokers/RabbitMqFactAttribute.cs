namespace Clew.TestKit;

/// <summary>A test that is skipped, with the reason, where no RabbitMQ broker is installed. Where CI=true a skipped test is a failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RabbitMqFactAttribute : FactAttribute
{
    public RabbitMqFactAttribute() => Skip = RabbitMqServer.MissingReason;
}
