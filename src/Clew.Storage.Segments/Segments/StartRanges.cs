using Clew.Model;

namespace Clew.Storage.Segments.Segments;

/// <summary>Covers start times by a few ranges that leave out the widest gaps.</summary>
internal static class StartRanges
{
    /// <summary>Ranges at most.</summary>
    public const int CountMax = 16;

    // Gaps narrower than one bucket are not seen: a four-thousandth of all the time there is, and exact bounds on both sides of those that are.
    private const int Buckets = 4096;

    /// <param name="startsNs">Start times; 0 stands for none.</param>
    public static TimeRange[] Of(ReadOnlySpan<long> startsNs)
    {
        long min = long.MaxValue, max = long.MinValue;
        foreach (long start in startsNs)
        {
            if (start != 0)
                (min, max) = (Math.Min(min, start), Math.Max(max, start));
        }
        if (min > max)
            return [];
        ulong width = unchecked((ulong)(max - min)) / Buckets + 1;
        var bounds = new TimeRange[Buckets];
        Array.Fill(bounds, new TimeRange(long.MaxValue, long.MinValue));
        foreach (long start in startsNs)
        {
            if (start == 0)
                continue;
            ref TimeRange bucket = ref bounds[unchecked((ulong)(start - min)) / width];
            bucket = new TimeRange(Math.Min(bucket.FromNs, start), Math.Max(bucket.ToNs, start));
        }
        return Merge([.. bounds.Where(static bucket => bucket.FromNs <= bucket.ToNs)]);
    }

    // Keeps the widest gaps between neighbours, and joins everything else.
    private static TimeRange[] Merge(TimeRange[] parts)
    {
        int[] gaps = [.. Enumerable.Range(1, parts.Length - 1)
            .OrderByDescending(i => unchecked((ulong)(parts[i].FromNs - parts[i - 1].ToNs)))
            .Take(CountMax - 1)
            .Order()];
        var ranges = new TimeRange[gaps.Length + 1];
        for (int i = 0; i < ranges.Length; i++)
            ranges[i] = new TimeRange(parts[i == 0 ? 0 : gaps[i - 1]].FromNs, parts[i == gaps.Length ? ^1 : gaps[i] - 1].ToNs);
        return ranges;
    }
}
