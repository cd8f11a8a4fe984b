using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Operations.Metrics;
using Clew.Server.Pipeline.Intake;
using Clew.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clew.Server.Api.Zipkin;

internal static class ZipkinRoutes
{
    /// <summary>Zipkin's query API under <c>/api/v2</c> and, as its page asks, under <c>/zipkin/api/v2</c>; health, info,
    /// metrics and front page beside it.</summary>
    public static void MapZipkinQueryApi(this IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        var guard = new ApiGuard(services.GetRequiredService<ILogger<ApiGuard>>(), ZipkinQueryApi.WriteErrorAsync);
        ClewOptions options = services.GetRequiredService<ClewOptions>();
        var api = new ZipkinQueryApi(
            services.GetRequiredService<ISpanStore>(), services.GetRequiredService<TraceLookup>(), services.GetRequiredService<TimeProvider>(), options.Query, options.Zipkin);
        var info = new ZipkinServerInfo(services.GetRequiredService<HealthCheckService>(), services.GetRequiredService<BoundListeners>(), options.Web);
        var metrics = new ZipkinMetrics(services.GetRequiredService<IntakeRegistry>(), services.GetRequiredService<PrometheusExporter>());

        foreach (string prefix in (string[])["/api/v2", "/zipkin/api/v2"])
        {
            Map(prefix + "/services", api.ServicesAsync);
            Map(prefix + "/spans", api.SpansAsync);
            Map(prefix + "/remoteServices", api.RemoteServicesAsync);
            Map(prefix + "/traces", api.TracesAsync);
            Map(prefix + "/trace/{traceId}", api.TraceAsync);
            Map(prefix + "/traceMany", api.TraceManyAsync);
            Map(prefix + "/dependencies", api.DependenciesAsync);
            Map(prefix + "/autocompleteKeys", api.AutocompleteKeysAsync);
            Map(prefix + "/autocompleteValues", api.AutocompleteValuesAsync);
        }
        Map("/health", info.HealthAsync);
        Map("/actuator/health", info.ActuatorHealthAsync);
        Map("/info", ZipkinServerInfo.InfoAsync);
        Map("/actuator/info", ZipkinServerInfo.InfoAsync);
        Map("/config.json", ZipkinServerInfo.ConfigAsync);
        Map("/zipkin/config.json", ZipkinServerInfo.ConfigAsync);
        Map("/metrics", metrics.JsonAsync);
        Map("/prometheus", metrics.PrometheusAsync);
        Map("/actuator/prometheus", metrics.PrometheusAsync);
        Map("/", ZipkinServerInfo.RedirectAsync);
        Map("/zipkin", info.FrontPageAsync);
        Map("/zipkin/index.html", info.FrontPageAsync);
        Map("/zipkin/traces/{traceId}", info.TracePageAsync);

        void Map(string pattern, Func<HttpContext, Task> handler) => routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], guard.Wrap(handler));
    }

    /// <summary>What holds for the whole port, as on Zipkin's: requests are measured by route, and TRACE is refused everywhere.</summary>
    public static void UseZipkinServer(this IApplicationBuilder app)
    {
        ZipkinRequestMetrics metrics = app.ApplicationServices.GetRequiredService<ZipkinRequestMetrics>();
        app.Use(next => context => metrics.MeasureAsync(context, next));
        app.Use(next => context =>
        {
            if (!HttpMethods.IsTrace(context.Request.Method))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        });
    }
}
