using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Clew.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Clew.Tracing.Tests.Exporters;

/// <summary>A server that takes Zipkin JSON and answers as it is told, on a port that stays its own while it is away.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly SemaphoreSlim requests = new(0);
    private WebApplication? app;
    private int port;

    /// <summary>What to answer; the request has been read by then.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Accept;

    /// <summary>Names of the spans of accepted requests, in order of arrival.</summary>
    public ConcurrentQueue<string> Names { get; } = new();

    /// <summary>Told of every span of accepted requests.</summary>
    public Action<Clew.Model.Span>? Received { get; set; }

    public Uri Endpoint => new($"http://127.0.0.1:{port}/api/v2/spans");

    public static Task Accept(HttpContext context)
    {
        context.Response.StatusCode = 202;
        return Task.CompletedTask;
    }

    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1));
        app = builder.Build();
        app.MapPost("/api/v2/spans", HandleAsync);
        await app.StartAsync();
        port = new Uri(app.Urls.Single()).Port;
    }

    public async Task StopAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        app = null;
    }

    /// <summary>Waits until that many more requests have been answered.</summary>
    public async Task RequestsAsync(int count)
    {
        for (; count > 0; count--)
            Assert.True(await requests.WaitAsync(TimeSpan.FromSeconds(20)), "no request came");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        requests.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        Stream source = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        await source.CopyToAsync(body);
        await Answer(context);
        if (context.Response.StatusCode == 202)
        {
            foreach (Clew.Model.Span span in Decoded.Spans(BatchFormat.ZipkinV2Json, body.ToArray()))
            {
                Names.Enqueue(span.Name);
                Received?.Invoke(span);
            }
        }
        requests.Release();
    }
}
