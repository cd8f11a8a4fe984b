using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.V3;

internal static class JaegerV3Routes
{
    public static void MapJaegerV3(this IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        var guard = new ApiGuard(services.GetRequiredService<ILogger<ApiGuard>>(), V3Json.WriteErrorAsync);
        var api = new JaegerV3Api(services.GetRequiredService<ISpanStore>(), services.GetRequiredService<TraceLookup>(), services.GetRequiredService<ClewOptions>().Query);

        Map("/api/v3/services", api.ServicesAsync);
        Map("/api/v3/operations", api.OperationsAsync);
        Map("/api/v3/traces", api.TracesAsync);
        Map("/api/v3/traces/{traceId}", api.TraceAsync);
        Map("/api/v3/trace-summaries", api.SummariesAsync);

        void Map(string pattern, Func<HttpContext, Task> handler) => routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], guard.Wrap(handler));
    }
}
