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
        // Merging and decoding come in ascending order: behind the last is the common place.
        int at = used > 0 && buckets[used - 1] < bucket ? ~used : Array.BinarySearch(buckets, 0, used, (ushort)bucket);
        if (at >= 0)
        {
            counts[at] += count;
            return;
        }
        Insert(~at, (ushort)bucket, count);
    }

    /// <summary>Adds all of another. Both are in order, so one pass does it, from behind, where there is room.</summary>
    public void Merge(LatencyHistogram other)
    {
        int total = used + other.used - SharedWith(other);
        MakeRoom(total);
        int left = used - 1, right = other.used - 1;
        for (int at = total - 1; right >= 0; at--)
        {
            bool isLeft = left >= 0 && buckets[left] >= other.buckets[right];
            bool isRight = left < 0 || buckets[left] <= other.buckets[right];
            (buckets[at], counts[at]) = (isLeft ? buckets[left] : other.buckets[right], (isLeft ? counts[left] : 0) + (isRight ? other.counts[right] : 0));
            left -= isLeft ? 1 : 0;
            right -= isRight ? 1 : 0;
        }
        used = total;
        Count += other.Count;
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

    // Buckets that both have.
    private int SharedWith(LatencyHistogram other)
    {
        int shared = 0;
        for (int left = 0, right = 0; left < used && right < other.used;)
        {
            int order = buckets[left].CompareTo(other.buckets[right]);
            shared += order == 0 ? 1 : 0;
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }
        return shared;
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
