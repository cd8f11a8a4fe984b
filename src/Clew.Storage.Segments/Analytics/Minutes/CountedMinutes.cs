namespace Clew.Storage.Segments.Analytics;

/// <summary>The groups of a table that were counted from its rows. Immutable; any number of threads may go through it.</summary>
/// <param name="services">In ordinal order.</param>
/// <param name="firstGroups">The place of each service's first group, and behind the last of them the number of groups.</param>
/// <param name="keys">Of the groups, those of each service in order.</param>
/// <param name="firstDurations">The place of each group's first duration, and behind the last of them the number of durations.</param>
/// <param name="buckets">The bucket of each duration, in no order within a group.</param>
internal sealed class CountedMinutes(string[] services, int[] firstGroups, MinuteKey[] keys, int[] firstDurations, ushort[] buckets)
{
    public void AddTo(MinuteParts parts, string? service, MinuteRange range)
    {
        for (int i = 0; i < services.Length; i++)
        {
            if (service is null || services[i] == service)
                parts.Add(services[i], new Cursor(this, firstGroups[i], firstGroups[i + 1], range));
        }
    }

    private sealed class Cursor(CountedMinutes counted, int first, int end, MinuteRange range) : MinuteCursor
    {
        private int group = first - 1;

        public override bool MoveNext()
        {
            do
            {
                if (++group >= end)
                    return false;
            }
            while (!range.Contains(counted.KeyOf(group).Minute));
            Key = counted.KeyOf(group);
            return true;
        }

        public override void AddTo(BucketSum sum)
        {
            foreach (ushort bucket in counted.DurationsOf(group))
                sum.Add(bucket, 1);
        }
    }

    private MinuteKey KeyOf(int group) => keys[group];

    private ReadOnlySpan<ushort> DurationsOf(int group) => buckets.AsSpan(firstDurations[group]..firstDurations[group + 1]);
}
