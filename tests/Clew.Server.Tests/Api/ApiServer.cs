using System.Net;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Clew.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Api;

/// <summary>A server over a memory store that holds given spans, at a fixed time.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly TestServer server;

    private ApiServer(TestServer server) => this.server = server;

    /// <summary>An hour after <see cref="ApiSpans.T0Us"/>, so that spans made by <see cref="ApiSpans"/> are in every default range.</summary>
    public static DateTimeOffset Now { get; } = DateTimeOffset.UnixEpoch.AddMicroseconds(ApiSpans.T0Us).AddHours(1);

    public static async Task<ApiServer> StartAsync(params Span[] spans)
    {
        var store = new MemoryStore();
        await store.AppendAsync(SpanWriter.WriteAll(spans, new SpanBatchBuilder()), CancellationToken.None);
        return await StartAsync(store);
    }

    public static async Task<ApiServer> StartAsync(ISpanStore store, Func<ClewOptions, ClewOptions>? configure = null) =>
        new(await TestServer.StartAsync(store, configure, services => services.AddSingleton<TimeProvider>(new FixedTime(Now))));

    public HttpClient Client(ListenerRole role) => server.Client(role);

    public int Port(ListenerRole role) => server.EndPoint(role).Port;

    public Task<Answer> Jaeger(string path) => GetAsync(ListenerRole.Query, path);

    public Task<Answer> Zipkin(string path) => GetAsync(ListenerRole.Zipkin, path);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<Answer> GetAsync(ListenerRole role, string path)
    {
        using HttpResponseMessage response = await server.Client(role).GetAsync(new Uri(path, UriKind.Relative));
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Content.Headers.ContentType?.ToString(),
            response.Headers.CacheControl?.ToString(),
            response.Headers.TryGetValues("X-Content-Type-Options", out IEnumerable<string>? values) ? values.Single() : null);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

internal sealed record Answer(HttpStatusCode Status, string Body, string? ContentType, string? CacheControl, string? ContentTypeOptions)
{
    /// <summary>Expected text broken into lines to be readable.</summary>
    public static string OneLine(string lines) => lines.ReplaceLineEndings("");
}
