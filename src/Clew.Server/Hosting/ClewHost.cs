using System.Net;
using Clew.Server.Configuration;
using Clew.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Clew.Server.Hosting;

/// <summary>Puts a server process together: listeners, routes by listener, services. Tests start it the same way as the command does.</summary>
internal static class ClewHost
{
    public static IHost Build(ClewOptions options, ISpanStore store, Action<IServiceCollection>? configureServices = null) => new HostBuilder()
        .ConfigureServices(services =>
        {
            services.AddSingleton(options);
            services.AddSingleton(store);
            services.AddSingleton(TimeProvider.System);
            services.AddRouting();
            configureServices?.Invoke(services);
        })
        .ConfigureWebHost(web => web
            .UseKestrel(kestrel => Listen(kestrel, options.Listen))
            .Configure(Route))
        .Build();

    private static void Listen(KestrelServerOptions kestrel, Configuration.ListenOptions listen)
    {
        kestrel.AddServerHeader = false;
        Add(listen.Query, ListenerRole.Query, HttpProtocols.Http1);
        Add(listen.OtlpGrpc, ListenerRole.OtlpGrpc, HttpProtocols.Http2);
        Add(listen.OtlpHttp, ListenerRole.OtlpHttp, HttpProtocols.Http1);
        Add(listen.Zipkin, ListenerRole.Zipkin, HttpProtocols.Http1);
        Add(listen.JaegerHttp, ListenerRole.JaegerHttp, HttpProtocols.Http1);

        void Add(IPEndPoint? endpoint, ListenerRole role, HttpProtocols protocols)
        {
            if (endpoint is null)
                return;
            kestrel.Listen(endpoint, listener =>
            {
                listener.Protocols = protocols;
                ListenerFeature.Mark(listener, role);
            });
        }
    }

    private static void Route(IApplicationBuilder app)
    {
        // One branch a listener, each with routing of its own: the same path means different things on different ports.
        Branch(ListenerRole.Query, static routes => { });
        Branch(ListenerRole.OtlpGrpc, static routes => { });
        Branch(ListenerRole.OtlpHttp, static routes => { });
        Branch(ListenerRole.Zipkin, static routes => { });
        Branch(ListenerRole.JaegerHttp, static routes => { });

        void Branch(ListenerRole role, Action<IEndpointRouteBuilder> map) => app.MapWhen(
            context => context.ListenerRole() == role,
            branch => branch.UseRouting().UseEndpoints(map));
    }
}
