using System.Net;
using Clew.Server.Archive;
using Clew.Server.Configuration;
using Clew.Server.Operations.Health;
using Clew.Server.Operations.Metrics;
using Clew.Server.Receivers;
using Clew.Server.Sampling;
using Clew.Server.Web;
using Clew.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Clew.Server.Hosting;

/// <summary>Puts a server process together: listeners, routes by listener, services. Tests start it the same way as the command does.</summary>
internal static class ClewHost
{
    /// <summary>Requests in flight have this long to finish when the server stops; service managers kill after 30 s or more.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    // Questions with many ids are asked in the request line: Zipkin's of up to 1000 take 33 kB.
    private const int RequestLineBytesMax = 64 << 10;

    /// <param name="options">Validated options.</param>
    /// <param name="store">Stays the caller's: it is not disposed with the host.</param>
    /// <param name="configureServices">Runs last, so that tests can replace services.</param>
    public static IHost Build(ClewOptions options, ISpanStore store, Action<IServiceCollection>? configureServices = null)
    {
        IHost host = new HostBuilder()
            .ConfigureServices(services =>
            {
                services.AddSingleton(options);
                services.AddSingleton(store);
                services.AddSingleton(TimeProvider.System);
                services.AddSingleton<BoundListeners>();
                services.AddSingleton<UdpListeners>();
                services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
                services.AddClewLogging(options.Log);
                services.AddClewMetrics();
                services.AddClewHealth();
                services.AddClewCors(options.Cors);
                services.AddRouting();
                services.AddResponseCompression();
                services.AddArchive(options.Archive);
                services.AddSampling(options.Sampling);
                services.AddIngest(options.RabbitMq);
                services.AddPages();
                configureServices?.Invoke(services);
            })
            .ConfigureWebHost(web => web
                .UseKestrel(kestrel => Listen(kestrel, options))
                .ConfigureServices(static services => services.AddSingleton<IConnectionListenerFactory, NowhereTransport>())
                .Configure(app => Routes.Map(app, options)))
            .Build();
        host.Services.StartMetrics();
        return host;
    }

    private static void Listen(KestrelServerOptions kestrel, ClewOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytesMax;
        kestrel.Limits.MaxRequestBodySize = options.Limits.RequestBytesMax;
        CleartextHttp2 http2 = CleartextHttp2.Listen(kestrel);
        BoundListeners bound = kestrel.ApplicationServices.GetRequiredService<BoundListeners>();
        foreach (Listener listener in Listener.All)
        {
            if (listener.Protocols is not { } protocols || listener.Configured(options.Listen) is not { } endpoint)
                continue;
            // A copy: Kestrel writes the port it really got into its options.
            kestrel.Listen(new IPEndPoint(endpoint.Address, endpoint.Port), listen =>
            {
                // What Kestrel makes of both versions on one port without TLS is HTTP/1.1 and a warning; the other connections are diverted.
                listen.Protocols = protocols == HttpProtocols.Http1AndHttp2 ? HttpProtocols.Http1 : protocols;
                ListenerFeature.Mark(listen, listener.Role);
                if (protocols == HttpProtocols.Http1AndHttp2)
                    http2.Divert(listen);
                bound.Add(listener.Role, () => listen.IPEndPoint);
            });
        }
    }
}
