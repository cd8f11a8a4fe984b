using System.Net;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Clew.Server.Tests.Support;

/// <summary>A whole server in this process, every listener on a free loopback port. Dispose it to stop it; the store stays the test's.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly IHost host;
    private readonly Dictionary<ListenerRole, HttpClient> clients = [];

    private TestServer(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    /// <param name="store">What the server writes to and asks.</param>
    /// <param name="configure">Changes the options; ports given here are kept.</param>
    /// <param name="configureServices">Adds or replaces services.</param>
    public static async Task<TestServer> StartAsync(
        ISpanStore store, Func<ClewOptions, ClewOptions>? configure = null, Action<IServiceCollection>? configureServices = null)
    {
        var options = new ClewOptions { Listen = FreePorts() };
        var server = new TestServer(ClewHost.Build(configure?.Invoke(options) ?? options, store, configureServices));
        try
        {
            await server.host.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the listener really is: TCP or UDP.</summary>
    public IPEndPoint EndPoint(ListenerRole role) =>
        Services.GetRequiredService<BoundListeners>()[role] ?? throw new InvalidOperationException($"Nothing listens for {role}.");

    /// <summary>A client whose base address is the listener; HTTP/2 without TLS for gRPC. It belongs to the server.</summary>
    public HttpClient Client(ListenerRole role)
    {
        if (clients.TryGetValue(role, out HttpClient? client))
            return client;
        client = new HttpClient { BaseAddress = Services.GetRequiredService<BoundListeners>().UrlOf(role) };
        if (role is ListenerRole.OtlpGrpc or ListenerRole.JaegerGrpc or ListenerRole.QueryGrpc)
        {
            client.DefaultRequestVersion = HttpVersion.Version20;
            client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }
        return clients[role] = client;
    }

    /// <summary>Stops as SIGTERM does: no new requests, those in flight finish.</summary>
    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (HttpClient client in clients.Values)
            client.Dispose();
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private static ListenOptions FreePorts()
    {
        var free = new IPEndPoint(IPAddress.Loopback, 0);
        return new()
        {
            Query = free,
            QueryGrpc = free,
            OtlpGrpc = free,
            OtlpHttp = free,
            Zipkin = free,
            JaegerHttp = free,
            JaegerGrpc = free,
            JaegerCompact = free,
            JaegerCompactLegacy = free,
            JaegerBinary = free,
            Sampling = free,
        };
    }
}
