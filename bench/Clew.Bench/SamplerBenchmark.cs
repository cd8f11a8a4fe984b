using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Clew.Tracing.Sampling;
using OpenTelemetry.Trace;

namespace Clew.Bench;

/// <summary>One decision about a root span, beside OpenTelemetry's own ratio sampler.</summary>
[MemoryDiagnoser]
public class SamplerBenchmark
{
    private static readonly ActivityTraceId TraceId = ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c");

    private Sampler sampler = null!;

    [Params("OpenTelemetry ratio", "ratio", "rate", "guaranteed", "operations", "parent + ratio")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Setup() => sampler = Kind switch
    {
        "OpenTelemetry ratio" => new TraceIdRatioBasedSampler(0.1),
        "ratio" => new RatioSampler(0.1),
        "rate" => new RateLimitingSampler(10),
        "guaranteed" => new GuaranteedThroughputSampler(0.1, 1),
        "operations" => new PerOperationSampler(new OperationSampling(0.1, 1, new Dictionary<string, double> { ["GET /cart"] = 0.5 })),
        _ => new ParentSampler(new RatioSampler(0.1)),
    };

    [Benchmark(Description = "decide")]
    public SamplingDecision Decide() => sampler.ShouldSample(new SamplingParameters(default, TraceId, "GET /cart", ActivityKind.Server)).Decision;
}
