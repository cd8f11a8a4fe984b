namespace Clew.Query.Metrics;

/// <summary>
/// How often durations fell into each of the <see cref="LatencyBuckets"/>. Histograms merge by adding, so percentiles of any union of them are as exact as those
/// of one: within 1 %. Only buckets that occur take room. Not thread-safe while it is added to.
/// </summary>
public sealed class LatencyHistogram
{
    private ushort[] buckets;
    private long[] counts;
    private int used;

    public LatencyHistogram()
    {
        buckets = [];
        counts = [];
    }

    /// <summary>One of what was counted elsewhere.</summary>
    /// <param name="buckets">Ascending; it becomes part of the histogram.</param>
    /// <param name="counts">Of each bucket; the same.</param>
    internal LatencyHistogram(ushort[] buckets, long[] counts)
    {
        this.buckets = buckets;
        this.counts = counts;
        used = buckets.Length;
        foreach (long count in counts)
            Count += count;
    }

    /// <summary>Durations in all.</summary>
    public long Count { get; private set; }

    /// <summary>Buckets that occur, ascending.</summary>
    public ReadOnlySpan<ushort> Buckets => buckets.AsSpan(0, used);

    /// <summary>How many durations each of <see cref="Buckets"/> has.</summary>
    public ReadOnlySpan<long> Counts => counts.AsSpan(0, used);

    public void Add(long durationNs) => AddBucket(LatencyBuckets.Of(durationNs), 1);

    /// <param name="bucket">Of <see cref="LatencyBuckets"/>.</param>
    /// <param name="count">How many durations fell into it.</param>
    public void AddBucket(int bucket, long count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bucket, (uint)LatencyBuckets.Count, nameof(bucket));
        Count += count;
        // What was counted elsewhere comes in ascending order: behind the last is the common place.
        int at = used > 0 && buckets[used - 1] < bucket ? ~used : Array.BinarySearch(buckets, 0, used, (ushort)bucket);
        if (at >= 0)
        {
            counts[at] += count;
            return;
        }
        Insert(~at, (ushort)bucket, count);
    }

    /// <summary>The duration in nanoseconds that <paramref name="quantile"/> of all durations do not exceed, within 1 %; 0 when there are none.</summary>
    /// <param name="quantile">From 0 to 1.</param>
    public long QuantileNs(double quantile)
    {
        long rank = Math.Clamp((long)Math.Ceiling(quantile * Count), 1, Math.Max(1, Count));
        for (int i = 0; i < used; i++)
        {
            rank -= counts[i];
            if (rank <= 0)
                return LatencyBuckets.MiddleNs(buckets[i]);
        }
        return 0;
    }

    private void MakeRoom(int needed)
    {
        if (needed <= buckets.Length)
            return;
        int larger = Math.Max(needed, Math.Max(4, used * 2));
        Array.Resize(ref buckets, larger);
        Array.Resize(ref counts, larger);
    }

    private void Insert(int at, ushort bucket, long count)
    {
        MakeRoom(used + 1);
        Array.Copy(buckets, at, buckets, at + 1, used - at);
        Array.Copy(counts, at, counts, at + 1, used - at);
        (buckets[at], counts[at]) = (bucket, count);
        used++;
    }
}
