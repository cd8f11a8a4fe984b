using System.Diagnostics;
using System.Text;
using BenchmarkDotNet.Attributes;
using Clew.Tracing;
using Clew.Tracing.Propagation;
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
/// the span as ASP.NET Core 10 makes it; the same where the application fills the span in by itself (<see cref="HandWrittenSpans"/>); and by <c>AddClewTracing</c>, which does.
/// </summary>
[MemoryDiagnoser]
public class TracedRequestBenchmark : IDisposable
{
    private readonly SinkCollector collector = new();
    private readonly MemoryServer server = new();
    private WebApplication? app;

    private const string Untraced = "untraced";
    private const string Plain = "OpenTelemetry SDK";
    private const string FilledIn = "the same, filled in by hand";
    private const string Clew = "Clew";
    private const string ClewAlike = "Clew, W3C headers alone";
    private const int Requests = 128;

    private HandWrittenSpans? handWritten;

    [Params(Untraced, Plain, FilledIn, Clew, ClewAlike)]
    public string Tracing { get; set; } = "";

    [GlobalSetup]
    public async Task StartAsync()
    {
        // For all of them, as AddClewTracing sets it: method, scheme, path and address from ASP.NET Core itself. The process keeps it.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IServer>(server);
        if (Tracing is Clew or ClewAlike)
        {
            builder.AddClewTracing(options =>
            {
                options.Export.Endpoint = collector.Endpoint;
                options.Export.Protocol = OtlpExportProtocol.HttpProtobuf;
                // What the SDK alone reads; otherwise the headers of all formats are asked for.
                if (Tracing == ClewAlike)
                    options.Propagation.Extract = [PropagationFormat.TraceContext, PropagationFormat.Baggage];
            });
        }
        else if (Tracing != Untraced)
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
        handWritten = Tracing == FilledIn ? new HandWrittenSpans(app.Services.GetRequiredService<DiagnosticListener>()) : null;
        await app.StartAsync();
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        handWritten?.Dispose();
        await app!.DisposeAsync();
    }

    [Benchmark(Description = "request")]
    public Task Request() => server.RequestAsync();

    /// <summary>
    /// The fastest rounds of each, one after the other: a process has one set of activity sources, so two traced applications in it would record each other's requests.
    /// </summary>
    public static async Task<string> ReportAsync(int rounds)
    {
        var report = new StringBuilder("A request, without a network\n");
        // More than once, and the last counts: what comes first is measured while the code is still being compiled again.
        foreach (string tracing in Enumerable.Repeat((string[])[Untraced, Plain, FilledIn, Clew, ClewAlike], 3).SelectMany(static names => names))
        {
            using var benchmark = new TracedRequestBenchmark { Tracing = tracing };
            await benchmark.StartAsync();
            report.AppendLine(FastestRounds.Report(rounds, Requests, "request", (tracing, benchmark.Repeat)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            benchmark.Repeat();
            report.AppendLine($"  {(GC.GetAllocatedBytesForCurrentThread() - before) / Requests} bytes");
            await benchmark.StopAsync();
        }
        return report.ToString();
    }

    /// <summary>Requests of one kind and nothing else.</summary>
    public static async Task RepeatAsync(string tracing, int count)
    {
        using var benchmark = new TracedRequestBenchmark { Tracing = tracing };
        await benchmark.StartAsync();
        for (int i = 0; i < count; i += Requests)
            benchmark.Repeat();
        await benchmark.StopAsync();
    }

    public void Dispose()
    {
        collector.Dispose();
        server.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Repeat()
    {
        for (int i = 0; i < Requests; i++)
            Request().GetAwaiter().GetResult();
    }
}

/// <summary>As OpenTelemetry.Extensions.Hosting's <c>AddOpenTelemetry</c> does it.</summary>
internal sealed class PlainOpenTelemetry(IServiceCollection services) : IOpenTelemetryBuilder
{
    public IServiceCollection Services => services;
}
