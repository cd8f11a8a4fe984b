using System.Runtime.InteropServices;
using Clew.Query.Metrics;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// Counts the rows of a table by minute, service, operation, kind and status. While it counts it only notes the group and the bucket of each row, by codes; they are put in order
/// when they are asked for. For a table that grows it goes on where it ended, as codes of a head do not change. One thread at a time.
/// </summary>
internal sealed class MinuteRows
{
    // A multiple of the blocks in which columns are decoded.
    private const int RowsAtOnce = 512;

    private readonly GroupNumbers numbers = new();
    private readonly List<Timed> timed = [];
    private readonly CodedNames services = new();
    private readonly CodedNames operations = new();
    private CountedMinutes? counted;
    private int groupsSpelt;

    /// <summary>Rows counted.</summary>
    public int RowCount { get; private set; }

    /// <summary>What was counted so far.</summary>
    public CountedMinutes Counted => counted ??= InOrder();

    /// <param name="table">The table, or a later snapshot of the same head.</param>
    /// <exception cref="SegmentFormatException">A column is damaged.</exception>
    public void AddFrom(SpanTable table)
    {
        ValueColumn serviceColumn = table.Services, nameColumn = table.Names;
        BitPackedInts kindColumn = table.Kinds, statusColumn = table.Statuses;
        Int64Column durationColumn = table.DurationsNs;
        Span<long> startsNs = stackalloc long[RowsAtOnce], durationsNs = stackalloc long[RowsAtOnce];
        Span<uint> serviceCodes = stackalloc uint[RowsAtOnce], nameCodes = stackalloc uint[RowsAtOnce];
        Span<uint> kinds = stackalloc uint[RowsAtOnce], statuses = stackalloc uint[RowsAtOnce];
        long minute = 0, minuteNs = 0;
        bool hasMinute = false;
        timed.EnsureCapacity(timed.Count + table.RowCount - RowCount);
        counted = null;
        while (RowCount < table.RowCount)
        {
            int some = Math.Min(RowsAtOnce - RowCount % RowsAtOnce, table.RowCount - RowCount);
            table.ReadStartsNs(RowCount, startsNs[..some]);
            durationColumn.Read(RowCount, durationsNs[..some]);
            services.ReadCodes(serviceColumn, RowCount, serviceCodes[..some]);
            operations.ReadCodes(nameColumn, RowCount, nameCodes[..some]);
            kindColumn.Unpack(RowCount, kinds[..some]);
            statusColumn.Unpack(RowCount, statuses[..some]);
            for (int i = 0; i < some; i++)
            {
                if (startsNs[i] == 0)
                    continue;
                // Nearly all rows are of the minute of those before.
                if (!hasMinute || (ulong)(startsNs[i] - minuteNs) >= MinuteAggregate.MinuteNs)
                {
                    minute = MinuteNumber.Of(startsNs[i]);
                    minuteNs = MinuteNumber.StartNs(minute);
                    hasMinute = true;
                }
                int number = numbers.NumberOf(new GroupNumbers.Group(serviceCodes[i], nameCodes[i], minute, kinds[i], statuses[i]));
                timed.Add(new Timed(number, (ushort)LatencyBuckets.Of(durationsNs[i])));
            }
            RowCount += some;
        }
        for (; groupsSpelt < numbers.Groups.Length; groupsSpelt++)
        {
            services.Spell(serviceColumn, numbers.Groups[groupsSpelt].Service);
            operations.Spell(nameColumn, numbers.Groups[groupsSpelt].Name);
        }
    }

    private CountedMinutes InOrder()
    {
        ReadOnlySpan<GroupNumbers.Group> groups = numbers.Groups;
        int[] serviceRanks = services.Ranks(out string[] serviceNames), operationRanks = operations.Ranks(out string[] operationNames);
        // All that groups are ordered by in one number, service first.
        var order = new UInt128[groups.Length];
        int[] sorted = new int[groups.Length];
        for (int number = 0; number < groups.Length; number++)
        {
            GroupNumbers.Group group = groups[number];
            ulong minute = (ulong)(group.Minute - MinuteNumber.Of(long.MinValue));
            order[number] = new UInt128((ulong)serviceRanks[group.Service] << 32 | minute, (ulong)operationRanks[group.Name] << 16 | (uint)group.KindAndStatus);
            sorted[number] = number;
        }
        Array.Sort(order, sorted);

        var keys = new MinuteKey[groups.Length];
        int[] firstGroups = new int[serviceNames.Length + 1];
        for (int place = 0; place < sorted.Length; place++)
        {
            GroupNumbers.Group group = groups[sorted[place]];
            keys[place] = new MinuteKey(group.Minute, operationNames[operationRanks[group.Name]], group.KindAndStatus);
            firstGroups[serviceRanks[group.Service] + 1] = place + 1;
        }
        int[] firstDurations = Buckets(sorted, out ushort[] buckets);
        return new CountedMinutes(serviceNames, firstGroups, keys, firstDurations, buckets);
    }

    // Groups as they are sorted, each with its durations together.
    private int[] Buckets(int[] sorted, out ushort[] buckets)
    {
        ReadOnlySpan<Timed> rows = CollectionsMarshal.AsSpan(timed);
        int[] next = new int[sorted.Length];
        foreach (Timed row in rows)
            next[row.Group]++;
        int[] first = new int[sorted.Length + 1];
        for (int place = 0; place < sorted.Length; place++)
        {
            first[place + 1] = first[place] + next[sorted[place]];
            next[sorted[place]] = first[place];
        }
        buckets = new ushort[rows.Length];
        foreach (Timed row in rows)
            buckets[next[row.Group]++] = row.Bucket;
        return first;
    }

    private readonly record struct Timed(int Group, ushort Bucket);
}
