using Clew.Server.Api.Jaeger.Metrics;
using Clew.Server.Api.Jaeger.V3;
using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger;

internal static class JaegerRoutes
{
    /// <summary>Jaeger's query API under <c>/api</c>, both generations. What no other route takes there is answered with Jaeger's 404.</summary>
    public static void MapJaegerQueryApi(this IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        var guard = new ApiGuard(services.GetRequiredService<ILogger<ApiGuard>>(), JaegerEnvelope.WriteErrorAsync);
        var api = new JaegerQueryApi(
            services.GetRequiredService<ISpanStore>(), services.GetRequiredService<TraceLookup>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ClewOptions>().Query);

        Map("/api/services", api.ServicesAsync);
        Map("/api/services/{service}/operations", api.ServiceOperationsAsync);
        Map("/api/operations", api.OperationsAsync);
        Map("/api/traces", api.TracesAsync);
        Map("/api/traces/{traceId}", api.TraceAsync);
        Map("/api/dependencies", api.DependenciesAsync);
        JaegerMetricsApi metrics = ActivatorUtilities.CreateInstance<JaegerMetricsApi>(services, new JaegerMetrics(services.GetRequiredService<ISpanStore>()));
        Map("/api/metrics/calls", metrics.CallsAsync);
        Map("/api/metrics/errors", metrics.ErrorsAsync);
        Map("/api/metrics/latencies", metrics.LatenciesAsync);
        Map("/api/metrics/minstep", JaegerMetricsApi.MinStepAsync);
        routes.MapPost("/api/transform", guard.Wrap(ActivatorUtilities.CreateInstance<JaegerTransform>(services, api).TransformAsync));
        routes.MapPost("/api/archive/{traceId}", guard.Wrap(ActivatorUtilities.CreateInstance<JaegerArchive>(services).ArchiveAsync));
        routes.MapJaegerV3();
        routes.MapFallback("/api/{**rest}", JaegerQueryApi.UnknownAsync);

        void Map(string pattern, Func<HttpContext, Task> handler) => routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], guard.Wrap(handler));
    }
}
