using System.Globalization;

namespace Clew.Bench;

/// <summary>The library for applications beside OpenTelemetry's SDK: everything, or one of <c>export</c>, <c>propagation</c>, <c>samplers</c>, <c>spans</c>, <c>requests</c>.</summary>
internal static class TracingCommand
{
    public static async Task RunAsync(string[] args)
    {
        // One kind of request, for the report below.
        if (args is ["requests", string kind])
        {
            (double ns, long bytes) = await TracedRequestBenchmark.FastestAsync(kind, rounds: 10_000);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ns} {bytes}"));
            return;
        }
        // For a profiler and for counting instructions: so many requests of one kind and nothing else.
        if (args is ["requests", string tracing, string count])
        {
            await TracedRequestBenchmark.RepeatAsync(tracing, int.Parse(count));
            return;
        }
        foreach (string part in args.DefaultIfEmptyWith("export", "propagation", "samplers", "spans", "requests"))
        {
            Console.WriteLine(part switch
            {
                "export" => ExportBenchmark.ReportRatios(rounds: 5_000),
                "propagation" => PropagationBenchmark.ReportRatios(rounds: 2_000),
                "samplers" => SampledSpanBenchmark.ReportRatios(rounds: 5_000),
                "spans" => TracedSpanBenchmark.ReportRatios(rounds: 10_000),
                "requests" => await TracedRequestBenchmark.ReportAsync(processes: 7),
                _ => $"There is no benchmark '{part}'.",
            });
        }
    }

    private static string[] DefaultIfEmptyWith(this string[] parts, params string[] all) => parts.Length == 0 ? all : parts;
}
