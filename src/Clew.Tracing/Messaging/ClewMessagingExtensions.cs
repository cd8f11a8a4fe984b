using Clew.Tracing.Messaging;
using Clew.Tracing.Messaging.RabbitMq;

namespace OpenTelemetry.Trace;

/// <summary>Messaging for a tracer provider that an application sets up itself.</summary>
public static class ClewMessagingExtensions
{
    /// <summary>
    /// Listens to <see cref="MessagingSpans"/> and, where the program has RabbitMQ.Client 7, to its messages: contexts go into their headers, consumers continue the
    /// producer's trace.
    /// </summary>
    /// <param name="builder">The provider's builder.</param>
    public static TracerProviderBuilder AddClewMessagingInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .AddSource(MessagingSpans.SourceName, RabbitMqInstrumentation.PublisherSource)
            .AddInstrumentation(RabbitMqInstrumentation.Start);
    }
}
