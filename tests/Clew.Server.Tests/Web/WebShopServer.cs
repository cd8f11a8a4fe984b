using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Web;

/// <summary>One server with the web shop's hour in its store, for tests that only read.</summary>
public sealed class WebShopServer : IAsyncLifetime, IAsyncDisposable
{
    private readonly MemoryStore store = new();
    private TestServer? server;

    /// <summary>Follows no redirects, keeps no cookies.</summary>
    internal PageClient Pages { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await WebShop.FillAsync(store, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100, traces: 120);
        server = await TestServer.StartAsync(store);
        Pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        Pages.Dispose();
        await server!.DisposeAsync();
        await store.DisposeAsync();
    }
}
