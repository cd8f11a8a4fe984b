namespace Clew.Storage.Segments.Traces;

/// <summary>
/// Says for all segments at once which of them may hold a trace. Their own filters would be asked one after the other, a cache miss each, for every trace that
/// arrives; here 64 segments take four.
/// </summary>
/// <remarks>
/// <para>Segments stand in groups by size, because the rows of a group are as many as its largest segment needs. Sizes go up in steps of a third to a half, so a segment has
/// 12 to 18 bits a trace, and 0.65 to 0.16 % of absent traces are taken for present.</para>
/// <para>Only says where to look: what is not in it is asked itself, so it may be incomplete (it is filled behind the start of a store, and has a bound) but never wrong.
/// One thread at a time adds; readers use <see cref="TraceLookup"/>.</para>
/// </remarks>
/// <param name="bytesMax">What it takes at most.</param>
internal sealed class TraceDirectory(long bytesMax)
{
    private const int CapacityMin = 64;

    // Its rows still fit one array at their widest.
    private const int CapacityMax = 1 << 24;

    private readonly List<TraceGroup> groups = [];

    public long Bytes => groups.Sum(static group => group.Bytes);

    /// <summary>Adds a table.</summary>
    /// <param name="lows">The low halves of its traces' ids.</param>
    /// <returns>Where it is; null when there is no room for it.</returns>
    public TraceSlot? TryAdd(ReadOnlySpan<ulong> lows)
    {
        if (lows.Length > CapacityMax)
            return null;
        groups.ForEach(static group => group.TakeReleased());
        groups.RemoveAll(static group => group.IsEmpty);
        int capacity = CapacityFor(lows.Length);
        TraceGroup? group = groups.Find(group => group.Capacity == capacity && !group.IsFull);
        if (Bytes + (group?.BytesMore ?? TraceGroup.BytesOf(capacity, 1)) > bytesMax)
            return null;
        if (group is null)
            groups.Add(group = new TraceGroup(capacity));
        return group.Add(lows);
    }

    /// <summary>The size of the group for a table: 64, 96, 128, 192, 256, …</summary>
    internal static int CapacityFor(int traceCount)
    {
        int capacity = CapacityMin;
        while (capacity < traceCount)
            capacity = int.IsPow2(capacity) ? capacity / 2 * 3 : capacity / 3 * 4;
        return capacity;
    }
}
