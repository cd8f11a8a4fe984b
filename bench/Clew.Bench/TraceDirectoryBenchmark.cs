using System.Diagnostics;
using System.Globalization;
using Clew.Storage.Segments.Traces;
using TraceFilter = Clew.Storage.Segments.Segments.TraceFilter;

namespace Clew.Bench;

/// <summary>What it takes to find out that no older segment holds a trace: by each segment's filter, and by the directory of all.</summary>
internal static class TraceDirectoryBenchmark
{
    // A compacted segment of 256 Ki spans, ten a trace.
    private const int TracesEach = 26_000;

    private const int LookUpsEach = 256;

    public static void Print(int rounds)
    {
        foreach (int segments in (int[])[10, 40, 400])
            Console.WriteLine(Report(rounds, segments));
    }

    private static string Report(int rounds, int segments)
    {
        var random = new Random(segments);
        var directory = new TraceDirectory(1L << 30);
        var slots = new TraceSlot?[segments];
        var filters = new TraceFilter[segments];
        var filling = TimeSpan.Zero;
        for (int i = 0; i < segments; i++)
        {
            ulong[] lows = [.. Enumerable.Range(0, random.Next(TracesEach * 3 / 4, TracesEach)).Select(_ => (ulong)random.NextInt64())];
            filters[i] = TraceFilter.Of(lows);
            long before = Stopwatch.GetTimestamp();
            slots[i] = directory.TryAdd(lows);
            filling += Stopwatch.GetElapsedTime(before);
        }
        var lookup = new TraceLookup(slots);
        var places = new List<int>();
        // Other ids in each round, as traces arrive: nothing of the last is in a cache but what is small.
        string figures = FastestRounds.Report(
            rounds,
            LookUpsEach,
            "look-up",
            ("each segment's filter", () =>
            {
                for (int i = 0; i < LookUpsEach; i++)
                {
                    ulong low = (ulong)random.NextInt64();
                    foreach (TraceFilter filter in filters)
                    {
                        if (filter.MayContain(low))
                            places.Add(0);
                    }
                }
                places.Clear();
            }
        ),
            ("the directory", () =>
            {
                for (int i = 0; i < LookUpsEach; i++)
                {
                    ulong low = (ulong)random.NextInt64();
                    places.Clear();
                    lookup.Find(low, places);
                    foreach (int place in places)
                        filters[place].MayContain(low);
                }
            }
        ));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{segments} segments, directory of {directory.Bytes / 1e6:F1} MB ({directory.Bytes / (segments * TracesEach * 0.875):F2} bytes a trace), filled in {filling.TotalMilliseconds:F0} ms\n{figures}");
    }
}
