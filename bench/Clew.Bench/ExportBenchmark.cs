using System.Diagnostics;
using System.Net;
using BenchmarkDotNet.Attributes;
using Clew.Tracing.Exporters;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Clew.Bench;

/// <summary>
/// Exporting activities, per span: encoding and handing the request to a client that answers at once. OpenTelemetry's OTLP exporter sends on the
/// calling thread, the others from their queue, which is waited for: all pay for the same work.
/// </summary>
[MemoryDiagnoser]
public class ExportBenchmark : IDisposable
{
    private const int SpanCount = 512;
    private const int FlushMs = 10_000;

    private readonly Activity[] spans = ExportedActivities.Create(SpanCount);
    private readonly OtlpTraceExporter otlp = new(new OtlpExporterOptions
    {
        Endpoint = new Uri("http://localhost/v1/traces"),
        Protocol = OtlpExportProtocol.HttpProtobuf,
        HttpClientFactory = Client,
    });
    private readonly ZipkinExporter zipkin = new(new ZipkinExporterOptions { HttpClientFactory = Client });
    private readonly JaegerHttpExporter jaeger = new(new JaegerHttpExporterOptions { HttpClientFactory = Client });

    [Benchmark(Baseline = true, OperationsPerInvoke = SpanCount, Description = "OpenTelemetry's OTLP exporter")]
    public ExportResult Otlp() => otlp.Export(new Batch<Activity>(spans, SpanCount));

    [Benchmark(OperationsPerInvoke = SpanCount, Description = "Zipkin exporter")]
    public bool Zipkin()
    {
        zipkin.Export(new Batch<Activity>(spans, SpanCount));
        return zipkin.ForceFlush(FlushMs);
    }

    [Benchmark(OperationsPerInvoke = SpanCount, Description = "Jaeger exporter (HTTP)")]
    public bool Jaeger()
    {
        jaeger.Export(new Batch<Activity>(spans, SpanCount));
        return jaeger.ForceFlush(FlushMs);
    }

    /// <summary>The figures that count on a shared machine; see <see cref="FastestRounds"/>.</summary>
    public static string ReportRatios(int rounds)
    {
        using var benchmark = new ExportBenchmark();
        string report = FastestRounds.Report(
            rounds,
            SpanCount,
            "a span",
            ("OTLP (package)", () => benchmark.Otlp()),
            ("Zipkin", () => benchmark.Zipkin()),
            ("Jaeger", () => benchmark.Jaeger()));
        return $"Exporting {SpanCount} activities\n{report}";
    }

    public void Dispose()
    {
        otlp.Dispose();
        zipkin.Dispose();
        jaeger.Dispose();
        GC.SuppressFinalize(this);
    }

    private static HttpClient Client() => new(new AnswersAtOnce());

    private sealed class AnswersAtOnce : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => new(HttpStatusCode.OK);
    }
}
