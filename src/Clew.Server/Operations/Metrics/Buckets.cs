using System.Diagnostics.Metrics;

namespace Clew.Server.Operations.Metrics;

/// <summary>Upper bounds of a histogram's buckets: what the instrument advises, else what suits its unit.</summary>
internal static class Buckets
{
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // Powers of four from 1 KiB to 64 MiB.
    private static readonly double[] Bytes = [1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26];

    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

    public static double[] Of(Instrument instrument) => Advised(instrument) ?? instrument.Unit switch
    {
        "s" => Seconds,
        "By" => Bytes,
        _ => Counts,
    };

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries?.ToArray(),
        Histogram<long> histogram => Widen(histogram.Advice),
        Histogram<int> histogram => Widen(histogram.Advice),
        _ => null,
    };

    private static double[]? Widen<T>(InstrumentAdvice<T>? advice)
        where T : struct => advice?.HistogramBucketBoundaries?.Select(static bound => Convert.ToDouble(bound)).ToArray();
}
