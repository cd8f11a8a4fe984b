using System.Numerics;

namespace Clew.Server.Commands.Load;

/// <summary>
/// Counts durations in buckets of 1/32 of their power of two: quantiles are at most 3.2 % too high, whatever the range. Recording is safe
/// from any thread.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 5;
    private const int SubBuckets = 1 << SubBucketBits;

    private readonly long[] counts = new long[(64 - SubBucketBits + 1) * SubBuckets];
    private long maxTicks;

    public TimeSpan Max => new(Interlocked.Read(ref maxTicks));

    public void Record(TimeSpan duration)
    {
        long ticks = Math.Max(0, duration.Ticks);
        Interlocked.Increment(ref counts[Bucket((ulong)ticks)]);
        long seen = Interlocked.Read(ref maxTicks);
        while (ticks > seen && Interlocked.CompareExchange(ref maxTicks, ticks, seen) is var found && found != seen)
            seen = found;
    }

    /// <summary>The duration that this share (0 to 1) of all was at most; zero when there is none.</summary>
    public TimeSpan Quantile(double share)
    {
        long wanted = (long)Math.Ceiling(counts.Sum() * share);
        long passed = 0;
        for (int i = 0; i < counts.Length && wanted > 0; i++)
        {
            passed += Interlocked.Read(ref counts[i]);
            if (passed >= wanted)
                return TimeSpan.FromTicks(Math.Min((long)UpperBound(i), Max.Ticks));
        }
        return TimeSpan.Zero;
    }

    // Below 32 each value has its bucket; above, the five bits after the leading one choose within the power of two.
    private static int Bucket(ulong value)
    {
        int shift = Math.Max(0, BitOperations.Log2(value | 1) - SubBucketBits);
        return shift * SubBuckets + (int)(value >> shift);
    }

    private static ulong UpperBound(int bucket)
    {
        int shift = Math.Max(0, bucket / SubBuckets - 1);
        return ((ulong)(bucket - shift * SubBuckets) << shift) + (1UL << shift) - 1;
    }
}
