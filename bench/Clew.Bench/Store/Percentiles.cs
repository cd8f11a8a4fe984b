namespace Clew.Bench.Store;

internal static class Percentiles
{
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
    }

    public static string Line(IEnumerable<double> valuesMs) =>
        $"p50 {Of(valuesMs, 0.5),8:F2} ms   p95 {Of(valuesMs, 0.95),8:F2} ms   p99 {Of(valuesMs, 0.99),8:F2} ms";
}
