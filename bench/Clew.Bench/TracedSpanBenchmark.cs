using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Clew.Bench;

/// <summary>One span started and stopped with five attributes, by OpenTelemetry's SDK with its OTLP exporter and by <c>AddClewTracing</c>, side by side.</summary>
[MemoryDiagnoser]
public class TracedSpanBenchmark : IDisposable
{
    private readonly SinkCollector collector = new();
    private readonly ActivitySource plain = new("Clew.Bench.Plain");
    private readonly ActivitySource clew = new("Clew.Bench.Clew");
    private readonly TracerProvider plainProvider;
    private readonly TracerProvider clewProvider;

    public TracedSpanBenchmark()
    {
        plainProvider = Sdk.CreateTracerProviderBuilder()
            .AddSource(plain.Name)
            .AddOtlpExporter(options =>
            {
                options.Endpoint = collector.Endpoint;
                options.Protocol = OtlpExportProtocol.HttpProtobuf;
            })
            .Build();
        clewProvider = Sdk.CreateTracerProviderBuilder()
            .AddClewTracing(options =>
            {
                options.Sources.Add(clew.Name);
                options.Export.Endpoint = collector.Endpoint;
                options.Export.Protocol = OtlpExportProtocol.HttpProtobuf;
            })
            .Build();
    }

    [Benchmark(Baseline = true, Description = "OpenTelemetry SDK")]
    public void Plain() => Record(plain);

    [Benchmark(Description = "Clew")]
    public void Clew() => Record(clew);

    public static string ReportRatios(int rounds)
    {
        using var benchmark = new TracedSpanBenchmark();
        const int spans = 256;
        string report = FastestRounds.Report(rounds, spans, "span", ("OpenTelemetry SDK", () => Repeat(benchmark.plain)), ("Clew", () => Repeat(benchmark.clew)));
        return $"Starting and stopping a span with five attributes\n{report}";

        static void Repeat(ActivitySource source)
        {
            for (int i = 0; i < spans; i++)
                Record(source);
        }
    }

    public void Dispose()
    {
        plainProvider.Dispose();
        clewProvider.Dispose();
        plain.Dispose();
        clew.Dispose();
        collector.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void Record(ActivitySource source)
    {
        using Activity activity = source.StartActivity("order")!;
        activity.SetTag("order.id", "ord-00017").SetTag("order.total", 129.9).SetTag("order.items", 3).SetTag("customer.tier", "gold").SetTag("order.express", true);
    }
}
