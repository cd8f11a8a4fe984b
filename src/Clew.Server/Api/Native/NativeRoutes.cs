using Clew.Server.Configuration;
using Clew.Server.Receivers;
using Clew.Storage;

namespace Clew.Server.Api.Native;

internal static class NativeRoutes
{
    /// <summary>Clew's own API under <c>/api/clew</c>; errors are <c>{"error": "…"}</c>.</summary>
    public static void MapNativeApi(this IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        var guard = new ApiGuard(services.GetRequiredService<ILogger<ApiGuard>>(), WriteErrorAsync);
        var export = new TraceExport(services.GetRequiredService<ISpanStore>(), services.GetRequiredService<ClewOptions>().Query);
        var intake = new IntakeApi(services.GetRequiredService<IntakeReporter>());
        routes.MapMethods("/api/clew/intake", [HttpMethods.Get, HttpMethods.Head], guard.Wrap(intake.IntakeAsync));
        routes.MapMethods("/api/clew/traces", [HttpMethods.Get, HttpMethods.Head], guard.Wrap(export.TracesAsync));
    }

    private static Task WriteErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return JsonAnswer.WriteAsync(context, JsonAnswer.Compact, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("error"u8, message);
            writer.WriteEndObject();
        });
    }
}
