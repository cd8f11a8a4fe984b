using System.Globalization;

namespace Clew.Bench.Store;

/// <summary>Reads the arguments of <c>bench/run store</c>.</summary>
internal static class StoreCommand
{
    private const long SpansDefault = 10_000_000, SpansLarge = 100_000_000;

    public static async Task RunAsync(string[] args)
    {
        long spans = args[0] == "--large" ? SpansLarge : args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : SpansDefault;
        string server = Environment.GetEnvironmentVariable("BENCH_SERVER") ?? throw new InvalidOperationException("BENCH_SERVER does not name the server; bench/run sets it.");
        string directory = Directory.CreateTempSubdirectory("clew-bench-store-").FullName;
        try
        {
            await new StoreReport(server, directory, spans, Console.Out).RunAsync();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
