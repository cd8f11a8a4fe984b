using System.Text;
using BenchmarkDotNet.Attributes;
using Clew.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Clew.Bench;

/// <summary>
/// One request through ASP.NET Core's hosting, routing and an empty endpoint: untraced; recorded by OpenTelemetry's SDK and its OTLP exporter, which leaves
/// the span as ASP.NET Core 10 makes it (two or three tags with its switch, none without); and by <c>AddClewTracing</c>, which fills the span in.
/// </summary>
[MemoryDiagnoser]
public class TracedRequestBenchmark : IDisposable
{
    private readonly SinkCollector collector = new();
    private readonly MemoryServer server = new();
    private WebApplication? app;

    [Params("untraced", "OpenTelemetry SDK", "Clew")]
    public string Tracing { get; set; } = "";

    [GlobalSetup]
    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IServer>(server);
        if (Tracing == "Clew")
        {
            builder.AddClewTracing(options =>
            {
                options.Export.Endpoint = collector.Endpoint;
                options.Export.Protocol = OtlpExportProtocol.HttpProtobuf;
            });
        }
        else if (Tracing != "untraced")
        {
            new PlainOpenTelemetry(builder.Services).WithTracing(provider => provider
                .AddSource("Microsoft.AspNetCore", "System.Net.Http")
                .AddOtlpExporter(options =>
                {
                    options.Endpoint = collector.Endpoint;
                    options.Protocol = OtlpExportProtocol.HttpProtobuf;
                }));
        }
        app = builder.Build();
        app.MapGet("/orders/{id}", static (HttpContext _) => Task.CompletedTask);
        app.Services.GetService<TracerProvider>();
        await app.StartAsync();
    }

    [GlobalCleanup]
    public async Task StopAsync() => await app!.DisposeAsync();

    [Benchmark(Description = "request")]
    public Task Request() => server.RequestAsync();

    /// <summary>
    /// The fastest rounds of each, one after the other: a process has one set of activity sources, so two traced applications in it would record each other's requests.
    /// </summary>
    public static async Task<string> ReportAsync(int rounds)
    {
        const int requests = 128;
        var report = new StringBuilder("A request, without a network\n");
        // Twice, and the second counts: what comes first is measured while the code is still being compiled again.
        foreach (string tracing in (string[])["untraced", "OpenTelemetry SDK", "Clew", "untraced", "OpenTelemetry SDK", "Clew"])
        {
            using var benchmark = new TracedRequestBenchmark { Tracing = tracing };
            await benchmark.StartAsync();
            report.AppendLine(FastestRounds.Report(rounds, requests, "request", (tracing, () =>
            {
                for (int i = 0; i < requests; i++)
                    benchmark.Request().GetAwaiter().GetResult();
            }
            )));
            await benchmark.StopAsync();
        }
        return report.ToString();
    }

    public void Dispose()
    {
        collector.Dispose();
        server.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>As OpenTelemetry.Extensions.Hosting's <c>AddOpenTelemetry</c> does it.</summary>
internal sealed class PlainOpenTelemetry(IServiceCollection services) : IOpenTelemetryBuilder
{
    public IServiceCollection Services => services;
}
