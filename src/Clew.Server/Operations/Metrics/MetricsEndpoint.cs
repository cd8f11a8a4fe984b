using Clew.Server.Api.Zipkin;

namespace Clew.Server.Operations.Metrics;

/// <summary>Gathering of metrics and <c>/metrics</c>.</summary>
internal static class MetricsEndpoint
{
    public static IServiceCollection AddClewMetrics(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<PrometheusExporter>()
        .AddSingleton<ProcessMetrics>()
        .AddSingleton<ZipkinRequestMetrics>()
        .AddSingleton<ServerMetrics>();

    /// <summary>Starts listening; before anything measures.</summary>
    public static void StartMetrics(this IServiceProvider services)
    {
        services.GetRequiredService<PrometheusExporter>();
        services.GetRequiredService<ProcessMetrics>();
        services.GetRequiredService<ServerMetrics>();
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/metrics", static (PrometheusExporter exporter) => Results.Text(exporter.Write(), PrometheusText.ContentType));

    /// <summary>Times every request of a listener.</summary>
    public static void UseRequestMetrics(this IApplicationBuilder app, Hosting.ListenerRole role)
    {
        ServerMetrics metrics = app.ApplicationServices.GetRequiredService<ServerMetrics>();
        TimeProvider time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            long start = time.GetTimestamp();
            // What the server answers when nobody catches, unless an answer has begun.
            int statusCode = StatusCodes.Status500InternalServerError;
            try
            {
                await next(context);
                statusCode = context.Response.StatusCode;
            }
            finally
            {
                metrics.RequestAnswered(role, statusCode, time.GetElapsedTime(start));
            }
        });
    }
}
