namespace Clew.Server.Operations.Metrics;

/// <summary>The state of one metric for one set of tags. Written by whichever thread measures, read by the exporter.</summary>
/// <param name="bounds">Upper bounds of buckets; empty when this is no histogram.</param>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly Lock sync = new();
    private readonly long[] counts = bounds.Length == 0 ? [] : new long[bounds.Length + 1];
    private double value;

    public void Add(double change)
    {
        lock (sync)
            value += change;
    }

    public void Set(double absolute)
    {
        lock (sync)
            value = absolute;
    }

    public void Observe(double measurement)
    {
        // A bound belongs to its own bucket ("le"); BinarySearch gives the complement of the next larger one when there is no equal.
        int index = Array.BinarySearch(bounds, measurement);
        lock (sync)
        {
            counts[index < 0 ? ~index : index]++;
            value += measurement;
        }
    }

    /// <returns>The value or the histogram's sum, and how many measurements each bucket has (not cumulated; the last has no bound).</returns>
    public (double Value, long[] Counts) Read()
    {
        lock (sync)
            return (value, [.. counts]);
    }
}
