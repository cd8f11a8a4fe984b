using System.Numerics;

namespace Clew.Query.Metrics;

/// <summary>
/// Log-linear buckets: every power of two is cut into 64, so a bucket is at most 1/64 as wide as its lower end, and its middle at most 0.79 % off from any value
/// in it. Below 64 ns each value has its own.
/// </summary>
public static class LatencyBuckets
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    /// <summary>Buckets there can be: 58 doublings above the first 64 values.</summary>
    public const int Count = (64 - StepBits) * Steps;

    /// <param name="durationNs">Nanoseconds; what is negative counts as 0.</param>
    public static int Of(long durationNs)
    {
        if (durationNs < Steps)
            return (int)Math.Max(0, durationNs);
        int shift = BitOperations.Log2((ulong)durationNs) - StepBits;
        return ((shift + 1) << StepBits) | (int)((durationNs >> shift) & (Steps - 1));
    }

    /// <summary>Lowest duration of a bucket in nanoseconds.</summary>
    public static long LowNs(int bucket)
    {
        int shift = (bucket >> StepBits) - 1;
        return shift < 0 ? bucket : (long)(Steps | (bucket & (Steps - 1))) << shift;
    }

    /// <summary>The duration that stands for a bucket, in nanoseconds.</summary>
    public static long MiddleNs(int bucket)
    {
        int shift = (bucket >> StepBits) - 1;
        return shift <= 0 ? LowNs(bucket) : LowNs(bucket) + (1L << (shift - 1));
    }
}
