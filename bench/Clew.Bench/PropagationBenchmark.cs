using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Clew.Tracing.Propagation;
using Microsoft.AspNetCore.Http;

namespace Clew.Bench;

/// <summary>What a request pays for its context, per format, beside the framework's own W3C propagator. Headers are ASP.NET Core's.</summary>
[MemoryDiagnoser]
public class PropagationBenchmark
{
    private const int Calls = 500;

    private static readonly DistributedContextPropagator.PropagatorGetterCallback Get =
        static (object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
        {
            values = null;
            value = ((IHeaderDictionary)carrier!)[name];
        };

    private static readonly DistributedContextPropagator.PropagatorSetterCallback Set =
        static (carrier, name, value) => ((HeaderDictionary)carrier!)[name] = value;

    private readonly HeaderDictionary headers = new() { ["Host"] = "shop", ["Accept"] = "*/*", ["User-Agent"] = "bench" };
    private readonly HeaderDictionary written = [];
    private readonly Activity activity = new Activity("bench").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    private DistributedContextPropagator propagator = null!;

    [Params("framework W3C", "tracecontext", "b3", "b3multi", "jaeger", "xray", "every, nothing sent")]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        activity.Start();
        propagator = Format switch
        {
            "framework W3C" => DistributedContextPropagator.CreateW3CPropagator(),
            "every, nothing sent" => new CompositePropagation(new PropagationOptions()).ForActivities,
            _ => new CompositePropagation(PropagationOptions.Parse(Format)).ForActivities,
        };
        if (Format == "xray")
            headers["X-Amzn-Trace-Id"] = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        else if (Format != "every, nothing sent")
            propagator.Inject(activity, headers, Set);
    }

    [Benchmark(Description = "extract")]
    public string? Extract()
    {
        propagator.ExtractTraceIdAndState(headers, Get, out string? traceId, out _);
        return traceId;
    }

    [Benchmark(Description = "inject")]
    public void Inject() => propagator.Inject(activity, written, Set);

    /// <summary>The figures that count on a shared machine; see <see cref="FastestRounds"/>.</summary>
    public static string ReportRatios(int rounds)
    {
        string[] formats = ["framework W3C", "tracecontext", "b3", "b3multi", "jaeger", "xray", "every, nothing sent"];
        PropagationBenchmark[] benchmarks = [.. formats.Select(format => new PropagationBenchmark { Format = format })];
        foreach (PropagationBenchmark benchmark in benchmarks)
            benchmark.Setup();
        string extract = FastestRounds.Report(rounds, Calls, "extraction", [.. benchmarks.Select(one => (one.Format, new Action(() => Repeat(() => one.Extract()))))]);
        string inject = FastestRounds.Report(rounds, Calls, "injection", [.. benchmarks.Select(one => (one.Format, new Action(() => Repeat(one.Inject))))]);
        return $"Propagation in .NET's shape\n{extract}\n{inject}\n{SdkPropagationBenchmark.ReportRatios(rounds * 5)}";
    }

    private static void Repeat(Action call)
    {
        for (int i = 0; i < Calls; i++)
            call();
    }
}
