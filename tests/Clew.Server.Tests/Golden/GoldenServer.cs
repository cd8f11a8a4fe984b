using System.Net;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Golden;

/// <summary>A server that was sent recorded requests of real clients, at a fixed time an hour after them. Shared by all golden tests: nothing they ask changes it.</summary>
public sealed class GoldenServer : IAsyncLifetime
{
    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public async Task InitializeAsync()
    {
        server = await TestServer.StartAsync(store, configureServices: static services => services.AddSingleton<TimeProvider>(new FixedTime()));
        // In this order: spans of a trace are answered in the order of their arrival.
        await SendAsync("zipkin-go-0.1.5-json.*.bin", ListenerRole.Zipkin, "/api/v2/spans", "application/json");
        await SendAsync("node-zipkin-js.bin", ListenerRole.Zipkin, "/api/v2/spans", "application/json");
        await SendAsync("otel-go-1.9.0-otlp-http-rich.*.bin", ListenerRole.OtlpHttp, "/v1/traces", "application/x-protobuf");
        await SendAsync("jaeger-client-go-2.30.0-http-rich.*.bin", ListenerRole.JaegerHttp, "/api/traces", "application/x-thrift");
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    internal HttpClient Client(ListenerRole role) => server.Client(role);

    private async Task SendAsync(string captures, ListenerRole role, string path, string contentType)
    {
        foreach (string name in Capture.Names(captures))
        {
            using HttpResponseMessage response = await server.PostAsync(role, path, Capture.Read(name), contentType);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{name}: {response.StatusCode}");
        }
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    }
}
