using Clew.Server.Api.Jaeger;
using Clew.Server.Api.Jaeger.Grpc;
using Clew.Server.Api.Native;
using Clew.Server.Api.Zipkin;
using Clew.Server.Configuration;
using Clew.Server.Operations.Health;
using Clew.Server.Operations.Metrics;
using Clew.Server.Receivers.Jaeger;
using Clew.Server.Receivers.Otlp;
using Clew.Server.Receivers.Zipkin;
using Clew.Server.Sampling;
using Clew.Server.Web;

namespace Clew.Server.Hosting;

/// <summary>One branch a listener, each with routing of its own: the same path means different things on different ports.</summary>
internal static class Routes
{
    public static void Map(IApplicationBuilder app, ClewOptions options)
    {
        Branch(ListenerRole.Query, static routes =>
        {
            routes.MapJaegerQueryApi();
            routes.MapNativeApi();
            routes.MapHealth();
            routes.MapMetrics();
            routes.MapPages();
        });
        Branch(ListenerRole.QueryGrpc, static routes => routes.MapJaegerQueryGrpc());
        Branch(ListenerRole.OtlpGrpc, static routes => routes.MapOtlpGrpc());
        Branch(ListenerRole.OtlpHttp, static routes => routes.MapOtlpHttp());
        Branch(ListenerRole.Zipkin, static routes =>
        {
            routes.MapZipkinIngest();
            routes.MapZipkinGrpc();
            routes.MapZipkinQueryApi();
        });
        Branch(ListenerRole.JaegerHttp, static routes =>
        {
            routes.MapJaegerHttp();
            routes.MapCollectorSampling();
        });
        Branch(ListenerRole.Sampling, static routes => routes.MapSampling());
        Branch(ListenerRole.JaegerGrpc, static routes => routes.MapJaegerGrpc());

        void Branch(ListenerRole role, Action<IEndpointRouteBuilder> map) => app.MapWhen(
            context => context.ListenerRole() == role,
            branch =>
            {
                branch.UseRequestMetrics(role);
                if (role == ListenerRole.Zipkin)
                    branch.UseZipkinServer();
                if (role == ListenerRole.Query)
                    branch.UseBasePath(options.Web.BasePath);
                // Traces are megabytes of JSON that compress tenfold.
                if (role is ListenerRole.Query or ListenerRole.Zipkin)
                    branch.UseResponseCompression();
                branch.UseRouting();
                if (options.Cors.AllowedOrigins.Count > 0)
                    branch.UseCors();
                branch.UseEndpoints(map);
            });
    }

    /// <summary>
    /// Every link on a page starts with <see cref="HttpRequest.PathBase"/>, so it is set to the published prefix whether the proxy
    /// passes the prefix on or strips it.
    /// </summary>
    private static void UseBasePath(this IApplicationBuilder app, string basePath)
    {
        if (basePath.Length == 0)
            return;
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(basePath, out PathString rest))
                context.Request.Path = rest.HasValue ? rest : "/";
            context.Request.PathBase = basePath;
            return next(context);
        });
    }
}
