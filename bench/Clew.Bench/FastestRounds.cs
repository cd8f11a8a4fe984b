using System.Diagnostics;

namespace Clew.Bench;

/// <summary>
/// Compares two pieces of work on a machine that does other things too: short rounds of both in turns, and of each the fastest, which is the one nothing
/// disturbed. Mean times of one after the other would compare two different loads.
/// </summary>
internal static class FastestRounds
{
    public static void Print(int rounds, int operationsPerCall, Action floor, Action work)
    {
        double floorNs = double.MaxValue, workNs = double.MaxValue;
        for (int i = 0; i < rounds; i++)
        {
            floorNs = Math.Min(floorNs, RoundNs(floor) / operationsPerCall);
            workNs = Math.Min(workNs, RoundNs(work) / operationsPerCall);
        }
        Console.WriteLine($"Fastest of {rounds} rounds in turns, per span: floor {floorNs:F1} ns, decode {workNs:F1} ns, ratio {workNs / floorNs:F2}");
    }

    private static double RoundNs(Action call)
    {
        long start = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}
