using Clew.Query.Metrics;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Query.Tests.Metrics;

public class LatencyHistogramTests
{
    private static readonly FsCheck.Gen<long> Duration = Gen.Choose(0, 62).SelectMany(bits => Gen.Choose(0, int.MaxValue).Select(part => (1L << bits) + (long)((1L << bits) * (part / (double)int.MaxValue))));

    [Fact]
    public void Every_duration_lies_in_its_bucket_and_within_one_percent_of_its_middle() => Properties.ForAll(Duration, durationNs =>
    {
        int bucket = LatencyBuckets.Of(durationNs);
        Assert.InRange(bucket, 0, LatencyBuckets.Count - 1);
        Assert.True(LatencyBuckets.LowNs(bucket) <= durationNs);
        Assert.True(bucket == LatencyBuckets.Count - 1 || durationNs < LatencyBuckets.LowNs(bucket + 1));
        Assert.True(Math.Abs(LatencyBuckets.MiddleNs(bucket) - durationNs) <= durationNs * 0.01);
    });

    [Fact]
    public void Buckets_follow_one_another_without_a_gap()
    {
        for (int bucket = 1; bucket < LatencyBuckets.Count; bucket++)
        {
            Assert.Equal(bucket, LatencyBuckets.Of(LatencyBuckets.LowNs(bucket)));
            Assert.Equal(bucket - 1, LatencyBuckets.Of(LatencyBuckets.LowNs(bucket) - 1));
        }
    }

    [Fact]
    public void Quantiles_of_merged_histograms_are_within_one_percent_of_those_of_all_durations() =>
        Properties.ForAll(from left in Duration.ListUpTo(40) from right in Duration.NonEmptyListOf() select (left, right), durations =>
        {
            var merged = new LatencyHistogram();
            durations.left.ForEach(merged.Add);
            var other = new LatencyHistogram();
            foreach (long durationNs in durations.right)
                other.Add(durationNs);
            for (int i = 0; i < other.Buckets.Length; i++)
                merged.AddBucket(other.Buckets[i], other.Counts[i]);
            List<long> sorted = [.. durations.left.Concat(durations.right).Order()];
            Assert.Equal(sorted.Count, merged.Count);
            foreach (double quantile in (double[])[0, 0.5, 0.95, 0.99, 1])
            {
                long exact = sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Count) - 1)];
                Assert.True(Math.Abs(merged.QuantileNs(quantile) - exact) <= exact * 0.01);
            }
        });

    [Fact]
    public void An_empty_histogram_has_no_quantile() => Assert.Equal(0, new LatencyHistogram().QuantileNs(0.5));
}
