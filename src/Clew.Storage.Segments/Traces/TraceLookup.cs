using System.Numerics;
using System.Runtime.InteropServices;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Traces;

/// <summary>
/// Which of some tables may hold a trace. Does not change; may be used for as long as the tables are held, by any thread.
/// </summary>
internal sealed class TraceLookup
{
    private readonly List<Group> groups = [];
    private readonly List<int> others = [];

    /// <param name="slots">Where each table is in a directory; null where it is in none.</param>
    public TraceLookup(IEnumerable<TraceSlot?> slots)
    {
        int place = 0;
        foreach (TraceSlot? slot in slots)
        {
            if (slot is null)
                others.Add(place);
            else
                GroupOf(slot.Group).Place(slot.Index, place);
            place++;
        }
    }

    public static TraceLookup Of(IEnumerable<SpanTable> tables) => new(tables.Select(static table => table.Traces.Slot));

    /// <summary>
    /// Appends the places of the tables that may hold traces with a low half, ascending. Those must be asked themselves (<see cref="TraceIndex.MayContain"/> first): tables that
    /// are in no directory are always among them.
    /// </summary>
    public void Find(ulong low, List<int> places)
    {
        int before = places.Count;
        ulong hash = TraceRows.Hash(low);
        foreach (Group group in CollectionsMarshal.AsSpan(groups))
            group.Find(hash, places);
        places.AddRange(others);
        if (places.Count - before > 1)
            CollectionsMarshal.AsSpan(places)[before..].Sort();
    }

    private Group GroupOf(TraceGroup group)
    {
        foreach (Group known in groups)
        {
            if (known.Of == group)
                return known;
        }
        groups.Add(new Group(group));
        return groups[^1];
    }

    private sealed class Group(TraceGroup of)
    {
        private readonly int[] places = new int[TraceGroup.SlotsMax];
        private TraceRows rows = of.Rows;
        private ulong slots;

        public TraceGroup Of => of;

        public void Place(int slot, int place)
        {
            places[slot] = place;
            slots |= 1UL << slot;
            // They may have become wider before the slot was there.
            rows = of.Rows;
        }

        public void Find(ulong hash, List<int> found)
        {
            for (ulong rest = rows.Match(hash) & slots; rest != 0; rest &= rest - 1)
                found.Add(places[BitOperations.TrailingZeroCount(rest)]);
        }
    }
}
