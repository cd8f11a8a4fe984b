using System.Diagnostics;

namespace Clew.Bench;

/// <summary>
/// Compares pieces of work on a machine that does other things too: short rounds of each in turns, and of each the fastest, which is the one nothing
/// disturbed. Mean times of one after the other would compare different loads.
/// </summary>
internal static class FastestRounds
{
    /// <param name="rounds">How many times to call each.</param>
    /// <param name="operationsPerCall">What a time is divided by.</param>
    /// <param name="operation">What one operation is about, for the report: a span, a row.</param>
    /// <param name="works">The first is what the others are compared with.</param>
    public static string Report(int rounds, int operationsPerCall, string operation, params (string Name, Action Call)[] works)
    {
        double[] fastestNs = [.. works.Select(_ => double.MaxValue)];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < works.Length; i++)
                fastestNs[i] = Math.Min(fastestNs[i], RoundNs(works[i].Call) / operationsPerCall);
        }
        return string.Join(
            '\n',
            works.Select((work, i) => $"  {work.Name,-26} {fastestNs[i],8:G4} ns a {operation}, ratio {fastestNs[i] / fastestNs[0]:F2}").Prepend($"Fastest of {rounds} rounds in turns:"));
    }

    /// <summary>
    /// The same for work that goes through a series of calls which differ, such as filling something: of each call of the series the fastest round, and of them the sum. A whole
    /// series takes so long that something else would always run in between.
    /// </summary>
    /// <param name="rounds">How many times to go through the series.</param>
    /// <param name="length">Calls of a series, numbered from 0.</param>
    /// <param name="operationsPerCall">What a time is divided by.</param>
    /// <param name="operation">What one operation is about.</param>
    /// <param name="works">The first is what the others are compared with.</param>
    public static string ReportSeries(int rounds, int length, int operationsPerCall, string operation, params (string Name, Action<int> Call)[] works)
    {
        double[][] fastestNs = [.. works.Select(_ => Enumerable.Repeat(double.MaxValue, length).ToArray())];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < works.Length; i++)
            {
                for (int call = 0; call < length; call++)
                    fastestNs[i][call] = Math.Min(fastestNs[i][call], RoundNs(() => works[i].Call(call)) / operationsPerCall);
            }
        }
        double[] meanNs = [.. fastestNs.Select(work => work.Average())];
        return string.Join(
            '\n',
            works.Select((work, i) => $"  {work.Name,-26} {meanNs[i],8:G4} ns a {operation}, ratio {meanNs[i] / meanNs[0]:F2}").Prepend($"Fastest of {rounds} rounds in turns:"));
    }

    /// <summary>The fastest round of one piece of work alone.</summary>
    public static double FastestNs(int rounds, int operationsPerCall, Action call)
    {
        double fastestNs = double.MaxValue;
        for (int round = 0; round < rounds; round++)
            fastestNs = Math.Min(fastestNs, RoundNs(call) / operationsPerCall);
        return fastestNs;
    }

    private static double RoundNs(Action call)
    {
        long start = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}
