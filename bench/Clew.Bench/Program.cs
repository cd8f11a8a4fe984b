using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Clew.Bench;
using Clew.Bench.Store;
using Perfolizer.Horology;

bool quick = args.Contains("--quick");

// Alone on request: it measures the disk, the others the processor.
if (args.Contains("--wal"))
{
    Console.WriteLine(await WalReportAsync());
    return;
}

// Alone on request: it takes minutes and gigabytes.
if (args is ["store" or "--large", ..])
{
    await StoreCommand.RunAsync(args);
    return;
}

if (args is ["columns"])
{
    Console.WriteLine(ColumnBenchmark.ReportRatios(rounds: 100));
    return;
}

if (args is ["search"])
{
    Console.WriteLine(SearchBenchmark.Report(rounds: 200));
    return;
}

if (args is ["head"])
{
    Console.WriteLine(HeadBenchmark.ReportRatios(rounds: 60));
    return;
}

// For a profiler.
if (args is ["head", "--repeat"])
{
    HeadBenchmark.Repeat(TimeSpan.FromSeconds(20));
    return;
}

if (args is ["segments", "--repeat"])
{
    SegmentBenchmark.Repeat(TimeSpan.FromSeconds(20));
    return;
}

if (args is ["segments", ..])
{
    Console.WriteLine(SegmentBenchmark.Report(rounds: quick ? 5 : 20));
    return;
}

if (args is ["analytics"] or ["analytics", "--quick"])
{
    AnalyticsBenchmark.Print(rounds: quick ? 5 : 40);
    return;
}

// For a profiler.
if (args is ["analytics", "--repeat"])
{
    AnalyticsBenchmark.Repeat(TimeSpan.FromSeconds(20));
    return;
}

if (args is ["directory"])
{
    TraceDirectoryBenchmark.Print(rounds: 2_000);
    return;
}

if (args is ["tracing", ..])
{
    await TracingCommand.RunAsync(args[1..]);
    return;
}

// First, because it also brings the code to its final tier, which the short iterations of the quick mode would not.
string ratios = OtlpDecodeBenchmark.ReportRatios(rounds: quick ? 2_000 : 10_000);
string spanRatios = SampledSpanBenchmark.ReportRatios(rounds: quick ? 1_000 : 3_000);
string exportRatios = ExportBenchmark.ReportRatios(rounds: quick ? 1_000 : 3_000);

// In process: nothing is generated or restored, so it runs without a network.
Job job = (quick ? Times(warmups: 2, iterations: 4, milliseconds: 100) : Times(warmups: 6, iterations: 30, milliseconds: 250))
    .WithToolchain(InProcessEmitToolchain.Instance);
ManualConfig config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddColumn(StatisticColumn.Min)
    .AddLogger(ConsoleLogger.Default)
    .WithSummaryStyle(BenchmarkDotNet.Reports.SummaryStyle.Default.WithMaxParameterColumnWidth(40));
BenchmarkSwitcher.FromAssembly(typeof(OtlpDecodeBenchmark).Assembly).Run([.. args.Where(arg => arg != "--quick").DefaultIfEmpty("--filter=*")], config);
Console.WriteLine(ratios);
Console.WriteLine(await WalReportAsync());

Task<string> WalReportAsync() => WalBenchmark.ReportAsync(rounds: quick ? 10 : 60, TimeSpan.FromMilliseconds(50));
Console.WriteLine(exportRatios);
Console.WriteLine(spanRatios);

static Job Times(int warmups, int iterations, int milliseconds) =>
    Job.Default.WithWarmupCount(warmups).WithIterationCount(iterations).WithIterationTime(TimeInterval.FromMilliseconds(milliseconds));
