namespace Clew.Storage.Segments.Analytics;

/// <summary>Numbers for the groups of a table's rows, by codes, in the order in which they come. One thread at a time.</summary>
internal sealed class GroupNumbers
{
    private Group[] groups = new Group[256];
    private int[] slots = new int[1024];
    private int count;

    /// <summary>By their numbers.</summary>
    public ReadOnlySpan<Group> Groups => groups.AsSpan(0, count);

    public int NumberOf(Group group)
    {
        // Ends: three quarters of the slots are free.
        for (uint at = Hash(group); ; at++)
        {
            int slot = slots[at & (uint)(slots.Length - 1)];
            if (slot == 0)
                return Add(group, at);
            if (groups[slot - 1] == group)
                return slot - 1;
        }
    }

    private int Add(Group group, uint at)
    {
        if (count == groups.Length)
            Array.Resize(ref groups, count * 2);
        groups[count++] = group;
        slots[at & (uint)(slots.Length - 1)] = count;
        if (count * 4 > slots.Length)
            Rehash();
        return count - 1;
    }

    private void Rehash()
    {
        slots = new int[slots.Length * 2];
        for (int number = 0; number < count; number++)
        {
            uint at = Hash(groups[number]);
            while (slots[at & (uint)(slots.Length - 1)] != 0)
                at++;
            slots[at & (uint)(slots.Length - 1)] = number + 1;
        }
    }

    private static uint Hash(Group group) => ValueHash.Of((ulong)group.Service << 32 | group.Name, (ulong)group.MinuteKindAndStatus);

    /// <param name="Service">Code of the service.</param>
    /// <param name="Name">Code of the span's name.</param>
    /// <param name="MinuteKindAndStatus">The minute above 16 bits of <see cref="MinuteKey.KindAndStatus"/>; minutes of 64-bit nanoseconds have 29.</param>
    internal readonly record struct Group(uint Service, uint Name, long MinuteKindAndStatus)
    {
        public Group(uint service, uint name, long minute, uint kind, uint status)
            : this(service, name, minute << 16 | kind << 8 | status)
        {
        }

        public long Minute => MinuteKindAndStatus >> 16;

        public int KindAndStatus => (int)(MinuteKindAndStatus & 0xFFFF);
    }
}
