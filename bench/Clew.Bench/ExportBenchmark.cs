using System.Diagnostics;
using System.Net;
using BenchmarkDotNet.Attributes;
using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Jaeger;
using Clew.Tracing.Exporters.Zipkin;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

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

    private readonly ZipkinRequestEncoder zipkinEncoder = new(new ExportedResource(ServiceResource()));
    private readonly JaegerRequestEncoder jaegerEncoder = new(new ExportedResource(ServiceResource()));

    // What an exporter knows of its provider: .NET's exporters get it only as part of one.
    private readonly TracerProvider provider;

    public ExportBenchmark() => provider = Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("shop"))
        .AddProcessor(new SimpleActivityExportProcessor(otlp))
        .AddProcessor(new SimpleActivityExportProcessor(zipkin))
        .AddProcessor(new SimpleActivityExportProcessor(jaeger))
        .Build();

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
            "span",
            ("OTLP (package)", () => benchmark.Otlp()),
            ("Zipkin", () => benchmark.Zipkin()),
            ("Jaeger", () => benchmark.Jaeger()),
            ("Zipkin, encoding alone", () => Encode(benchmark.zipkinEncoder, benchmark.spans)),
            ("Jaeger, encoding alone", () => Encode(benchmark.jaegerEncoder, benchmark.spans)));
        return $"Exporting {SpanCount} activities\n{report}";
    }

    public void Dispose()
    {
        provider.Dispose();
        zipkinEncoder.Dispose();
        jaegerEncoder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void Encode(IRequestEncoder encoder, Activity[] spans)
    {
        foreach (Activity span in spans)
            encoder.Add(span);
        encoder.Finish();
        encoder.Reset();
    }

    private static Resource ServiceResource() => ResourceBuilder.CreateDefault().AddService("shop").Build();

    private static HttpClient Client() => new(new AnswersAtOnce());

    private sealed class AnswersAtOnce : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => new(HttpStatusCode.OK);
    }
}
