using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Clew.Tracing.Propagation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    /// All kinds in turns, each in a process of its own: a process has one set of activity sources, and what ran in it before decides what the compiler makes of the code. Of each kind the
    /// fastest round of all its processes.
    /// </summary>
    public static async Task<string> ReportAsync(int processes)
    {
        string[] kinds = [Untraced, Plain, FilledIn, Clew, ClewAlike];
        var fastest = kinds.ToDictionary(static kind => kind, static _ => (Ns: double.MaxValue, Bytes: 0L));
        for (int i = 0; i < processes; i++)
        {
            foreach (string kind in kinds)
            {
                (double ns, long bytes) = await RunProcessAsync(kind);
                if (ns < fastest[kind].Ns)
                    fastest[kind] = (ns, bytes);
            }
        }
        return $"A request, without a network; the fastest round of {processes} processes in turns, ratios to the SDK filled in by hand:\n" + string.Join(
            '\n', kinds.Select(kind => $"  {kind,-28} {fastest[kind].Ns,7:F0} ns, ratio {fastest[kind].Ns / fastest[FilledIn].Ns:F2}, {fastest[kind].Bytes} bytes"));
    }

    /// <summary>One kind: the nanoseconds of a request in the fastest round, and the bytes it allocates.</summary>
    public static async Task<(double Ns, long Bytes)> FastestAsync(string tracing, int rounds)
    {
        using var benchmark = new TracedRequestBenchmark { Tracing = tracing };
        await benchmark.StartAsync();
        double ns = FastestRounds.FastestNs(rounds, Requests, benchmark.Repeat);
        long before = GC.GetAllocatedBytesForCurrentThread();
        benchmark.Repeat();
        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Requests;
        await benchmark.StopAsync();
        return (ns, bytes);
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

    private static async Task<(double Ns, long Bytes)> RunProcessAsync(string kind)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TracedRequestBenchmark).Assembly.Location, "tracing", "requests", kind]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] figures = (await process.StandardOutput.ReadToEndAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await process.WaitForExitAsync();
        return (double.Parse(figures[0], CultureInfo.InvariantCulture), long.Parse(figures[1], CultureInfo.InvariantCulture));
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
