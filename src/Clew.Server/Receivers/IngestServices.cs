using Clew.Server.Configuration;
using Clew.Server.Pipeline;
using Clew.Server.Pipeline.Intake;
using Clew.Server.Receivers.RabbitMq;
using Clew.Server.Receivers.Udp;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Clew.Server.Receivers;

/// <summary>Registers the pipeline and what the receivers need.</summary>
internal static class IngestServices
{
    public static IServiceCollection AddIngest(this IServiceCollection services, RabbitMqOptions rabbitMq)
    {
        services.AddSingleton(static s => new IngestGates(s.GetRequiredService<ClewOptions>().Ingest, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IngestCounters>();
        services.AddSingleton<IntakeRegistry>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton(static s => new RequestBodyReader(s.GetRequiredService<IngestGates>().Memory, Limits(s)));
        services.AddSingleton(static s => new SpanBatchPool(s.GetRequiredService<IngestGates>().Batches, Limits(s).Batch));
        services.AddSingleton(static s => new SpanValidator(Limits(s)));
        services.AddSingleton<IngestPipeline>();
        services.AddSingleton<ReceiveBuffers>();
        services.AddSingleton<ReceiverDirectory>();
        services.AddSingleton<IntakeReporter>();
        services.AddSingleton<RefusalDesk>();
        services.AddSingleton<HttpIngest>();
        services.AddHostedService<JaegerAgent>();
        services.AddRabbitMq(rabbitMq);
        services.Configure<KestrelServerOptions>(static kestrel =>
        {
            // A client on a 10 ms link that sends 100 MB/s has 1 MB under way; the default windows (1 MiB, 768 KiB) would just not carry it.
            kestrel.Limits.Http2.InitialConnectionWindowSize = 2 << 20;
            kestrel.Limits.Http2.InitialStreamWindowSize = 1 << 20;
        });
        return services;
    }

    private static LimitOptions Limits(IServiceProvider services) => services.GetRequiredService<ClewOptions>().Limits;
}
