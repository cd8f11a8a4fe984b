using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clew.Server.Api.Zipkin;

internal static class ZipkinRoutes
{
    /// <summary>Zipkin's query API under <c>/api/v2</c> and, as its page asks, under <c>/zipkin/api/v2</c>; health, info and front page beside it.</summary>
    public static void MapZipkinQueryApi(this IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        var guard = new ApiGuard(services.GetRequiredService<ILogger<ApiGuard>>(), ZipkinQueryApi.WriteErrorAsync);
        var api = new ZipkinQueryApi(
            services.GetRequiredService<ISpanStore>(), services.GetRequiredService<TraceLookup>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ClewOptions>().Query);
        var info = new ZipkinServerInfo(services.GetRequiredService<HealthCheckService>(), services.GetRequiredService<BoundListeners>());

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
        Map("/", info.FrontPageAsync);
        Map("/zipkin", info.FrontPageAsync);

        void Map(string pattern, Func<HttpContext, Task> handler) => routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], guard.Wrap(handler));
    }
}
