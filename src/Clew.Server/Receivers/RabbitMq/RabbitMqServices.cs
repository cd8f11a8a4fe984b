using Clew.Server.Configuration;

namespace Clew.Server.Receivers.RabbitMq;

internal static class RabbitMqServices
{
    /// <summary>The receiver, its metrics and its health; nothing of it when no broker is configured.</summary>
    public static void AddRabbitMq(this IServiceCollection services, RabbitMqOptions options)
    {
        if (!options.NamesBroker())
            return;
        services.AddSingleton(options);
        services.AddSingleton<RabbitMqStatus>();
        services.AddSingleton<RabbitMqMetrics>();
        services.AddSingleton<SpanMessageHandler>();
        services.AddHostedService<RabbitMqReceiver>();
        services.AddHealthChecks().AddCheck<RabbitMqHealthCheck>("rabbitmq");
    }
}
