using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clew.Server.Operations.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can take spans and answer questions, else 503 and why not. What is
/// degraded (one door of many cannot receive) is told with 200.</summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddClewHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<ListenersHealthCheck>("listeners")
            .AddCheck<StoreHealthCheck>("store", failureStatus: null, tags: [], StoreHealthCheck.Timeout);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = static _ => false, ResponseWriter = (context, _) => Write(context, "live", []) });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            ResponseWriter = static (context, report) => Write(
                context,
                report.Status == HealthStatus.Unhealthy ? "not ready" : "ready",
                report.Entries.Values.Where(static entry => entry.Status != HealthStatus.Healthy).Select(Reason)),
        });
    }

    private static string Reason(HealthReportEntry entry) => entry.Description ?? entry.Exception?.Message ?? "unknown";

    private static Task Write(HttpContext context, string status, IEnumerable<string> reasons) =>
        context.Response.WriteAsJsonAsync(new { status, reasons }, context.RequestAborted);
}
