using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Clew.Bench;

bool quick = args.Contains("--quick");
if (args.Contains("--ratio"))
{
    OtlpDecodeBenchmark.PrintRatio(rounds: quick ? 5_000 : 20_000);
    return;
}

// In process: nothing is generated or restored, so it runs without a network.
Job job = (quick ? Job.ShortRun : Job.Default.WithWarmupCount(8).WithIterationCount(25)).WithToolchain(InProcessEmitToolchain.Instance);
ManualConfig config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddColumn(StatisticColumn.Min)
    .AddLogger(ConsoleLogger.Default)
    .WithSummaryStyle(BenchmarkDotNet.Reports.SummaryStyle.Default.WithMaxParameterColumnWidth(40));
BenchmarkSwitcher.FromAssembly(typeof(OtlpDecodeBenchmark).Assembly).Run([.. args.Where(arg => arg != "--quick").DefaultIfEmpty("--filter=*")], config);
OtlpDecodeBenchmark.PrintRatio(rounds: quick ? 2_000 : 20_000);
