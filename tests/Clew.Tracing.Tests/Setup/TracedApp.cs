using System.Diagnostics;
using System.Net;
using Clew.Tracing.Exporters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Setup;

/// <summary>A web application on Kestrel with tracing turned on; its spans are kept here. The propagator of the process is put back at the end.</summary>
internal sealed class TracedApp : IAsyncDisposable
{
    private readonly DistributedContextPropagator before;

    private TracedApp(WebApplication app, InMemoryExporter exporter, DistributedContextPropagator before)
    {
        App = app;
        Exporter = exporter;
        this.before = before;
    }

    public WebApplication App { get; }

    public InMemoryExporter Exporter { get; }

    /// <summary>Made when the propagator was installed already.</summary>
    public HttpClient Client { get; } = new();

    /// <param name="routes">Middleware and endpoints.</param>
    /// <param name="settings">Keys of the configuration; exporters are <c>none</c> unless set.</param>
    /// <param name="build">More for the builder, after <c>AddClewTracing</c>.</param>
    /// <param name="protocols">What the port speaks.</param>
    /// <param name="configure">Options in code.</param>
    public static async Task<TracedApp> StartAsync(
        Action<WebApplication> routes,
        IEnumerable<(string Key, string Value)>? settings = null,
        Action<WebApplicationBuilder>? build = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        Action<ClewTracingOptions>? configure = null)
    {
        DistributedContextPropagator before = DistributedContextPropagator.Current;
        var exporter = new InMemoryExporter();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Clew.Tracing.Tests" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Configuration["Tracing:Exporters"] = "none";
        foreach ((string key, string value) in settings ?? [])
            builder.Configuration[key] = value;
        builder.AddClewTracing(configure);
        builder.Services.ConfigureOpenTelemetryTracerProvider(provider => provider.AddProcessor(new SimpleActivityExportProcessor(exporter)));
        build?.Invoke(builder);
        WebApplication app = builder.Build();
        routes(app);
        await app.StartAsync();
        return new TracedApp(app, exporter, before);
    }

    public Uri Address(string path) => new(new Uri(App.Urls.Single()), path);

    /// <summary>The span of the one request that was served so far.</summary>
    public async Task<Activity> ServerSpanAsync() => (await SpansAsync(ActivityKind.Server, 1)).Single();

    public async Task<IReadOnlyList<Activity>> SpansAsync(ActivityKind kind, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        IReadOnlyList<Activity> spans = await Exporter.WaitAsync(all => all.Count(span => span.Kind == kind) >= count, patience.Token);
        return [.. spans.Where(span => span.Kind == kind)];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        DistributedContextPropagator.Current = before;
    }
}
