using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Clew.Tracing.Sampling;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Bench;

/// <summary>A span started, given five attributes and stopped: the plain SDK with its own samplers, and with Clew's. Exporting is measured by itself.</summary>
[MemoryDiagnoser]
public class SampledSpanBenchmark : IDisposable
{
    private const int Calls = 200;

    private readonly Traced plain = new("plain", new ParentBasedSampler(new AlwaysOnSampler()));
    private readonly Traced clew = new("clew", new ParentSampler(new AlwaysOnSampler()));
    private readonly Traced plainRatio = new("plain ratio", new ParentBasedSampler(new TraceIdRatioBasedSampler(0.1)));
    private readonly Traced clewRatio = new("clew ratio", new ParentSampler(new RatioSampler(0.1)));

    [Benchmark(Baseline = true, Description = "SDK, every trace")]
    public void Plain() => plain.Span();

    [Benchmark(Description = "Clew's samplers, every trace")]
    public void Clew() => clew.Span();

    [Benchmark(Description = "SDK, one in ten")]
    public void PlainRatio() => plainRatio.Span();

    [Benchmark(Description = "Clew's samplers, one in ten")]
    public void ClewRatio() => clewRatio.Span();

    /// <summary>The figures that count on a shared machine; see <see cref="FastestRounds"/>.</summary>
    public static string ReportRatios(int rounds)
    {
        using var benchmark = new SampledSpanBenchmark();
        return "A span with five attributes\n" + FastestRounds.Report(
            rounds,
            Calls,
            "span",
            ("SDK, every trace", () => benchmark.plain.Spans(Calls)),
            ("Clew, every trace", () => benchmark.clew.Spans(Calls)),
            ("SDK, one in ten", () => benchmark.plainRatio.Spans(Calls)),
            ("Clew, one in ten", () => benchmark.clewRatio.Spans(Calls)));
    }

    public void Dispose()
    {
        plain.Dispose();
        clew.Dispose();
        plainRatio.Dispose();
        clewRatio.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Traced : IDisposable
    {
        private readonly ActivitySource source;
        private readonly TracerProvider provider;

        public Traced(string name, Sampler sampler)
        {
            source = new ActivitySource("Clew.Bench." + name);
            provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).SetSampler(sampler).AddProcessor(new Ends()).Build();
        }

        public void Spans(int count)
        {
            for (int i = 0; i < count; i++)
                Span();
        }

        public void Span()
        {
            using Activity? span = source.StartActivity("GET /api/orders/{id}", ActivityKind.Server);
            span?.SetTag("http.request.method", "GET");
            span?.SetTag("url.path", "/api/orders/1");
            span?.SetTag("http.route", "/api/orders/{id}");
            span?.SetTag("server.address", "orders.shop.example");
            span?.SetTag("http.response.status_code", 200);
        }

        public void Dispose()
        {
            provider.Dispose();
            source.Dispose();
        }
    }

    // Without a processor the SDK would not record.
    private sealed class Ends : BaseProcessor<Activity>
    {
    }
}
