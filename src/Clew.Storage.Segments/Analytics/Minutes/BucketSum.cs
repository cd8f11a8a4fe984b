using System.Numerics;
using Clew.Query.Metrics;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// Counts durations of one group by bucket, in any order: a place for each bucket there is, and which of them are in use, so that few are as cheap to take out as many
/// are to add. Taking them out empties it for the next group. One thread at a time.
/// </summary>
internal sealed partial class BucketSum
{
    // One bit of 64 says of a word of 64 whether any of its buckets is in use.
    private readonly ulong[] words = new ulong[LatencyBuckets.Count >> 6];
    private readonly long[] counts = new long[LatencyBuckets.Count];
    private ulong wordsInUse;

    /// <param name="bucket">Of <see cref="LatencyBuckets"/>.</param>
    /// <param name="count">From 1: how many durations fell into it.</param>
    public void Add(int bucket, long count)
    {
        counts[bucket] += count;
        words[bucket >> 6] |= 1UL << bucket;
        wordsInUse |= 1UL << (bucket >> 6);
    }

    public LatencyHistogram TakeHistogram()
    {
        int used = InUse();
        ushort[] buckets = new ushort[used];
        long[] each = new long[used];
        Take(buckets, each);
        return new LatencyHistogram(buckets, each);
    }

    private int InUse()
    {
        int used = 0;
        for (ulong rest = wordsInUse; rest != 0; rest &= rest - 1)
            used += BitOperations.PopCount(words[BitOperations.TrailingZeroCount(rest)]);
        return used;
    }

    // In ascending order.
    private void Take(Span<ushort> buckets, Span<long> each)
    {
        int at = 0;
        for (ulong rest = wordsInUse; rest != 0; rest &= rest - 1)
        {
            int word = BitOperations.TrailingZeroCount(rest);
            for (ulong bits = words[word]; bits != 0; bits &= bits - 1)
            {
                int bucket = word << 6 | BitOperations.TrailingZeroCount(bits);
                buckets[at] = (ushort)bucket;
                each[at++] = counts[bucket];
                counts[bucket] = 0;
            }
            words[word] = 0;
        }
        wordsInUse = 0;
    }
}
