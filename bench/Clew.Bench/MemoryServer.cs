using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Clew.Bench;

/// <summary>A server without a network: a request is a call, so that what a request costs is not lost in what the loopback interface costs.</summary>
internal sealed class MemoryServer : IServer
{
    private static readonly HttpConnectionFeature Connection = new() { RemoteIpAddress = IPAddress.Parse("192.0.2.7") };

    private Func<Task>? request;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task RequestAsync() => request!();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        request = async () =>
        {
            TContext context = application.CreateContext(CreateFeatures());
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private static FeatureCollection CreateFeatures()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = "GET",
            Path = "/orders/7",
            Scheme = "http",
            Protocol = "HTTP/1.1",
            Headers = new HeaderDictionary
            {
                ["Host"] = "shop.example",
                ["User-Agent"] = "bench/1.0",
                ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            },
        });
        features.Set<IHttpConnectionFeature>(Connection);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return features;
    }
}
