using Clew.Server.Api.Jaeger.Metrics;
using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Server.Receivers.Grpc;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.Grpc;

internal static class JaegerQueryGrpcRoutes
{
    /// <summary>Jaeger's query services over gRPC, both generations and metrics, with health for each.</summary>
    public static void MapJaegerQueryGrpc(this IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        var calls = new JaegerQueryCalls(services.GetRequiredService<ISpanStore>(), services.GetRequiredService<TraceLookup>(), services.GetRequiredService<ClewOptions>().Query);
        routes.MapGrpc(
        [
            .. new JaegerV2QueryService(calls, services.GetRequiredService<TimeProvider>()).Methods,
            .. new JaegerV3QueryService(calls).Methods,
            .. new JaegerMetricsService(new JaegerMetrics(services.GetRequiredService<ISpanStore>()), services.GetRequiredService<TimeProvider>()).Methods,
            GrpcHealth.Check(services, [JaegerV2QueryService.Name, JaegerV3QueryService.Name, JaegerMetricsService.Name]),
        ]);
        routes.MapUnknownGrpc();
    }
}
