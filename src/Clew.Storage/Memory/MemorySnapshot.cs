using System.Collections.Immutable;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage;

/// <summary>All that a <see cref="MemoryStore"/> held at one moment. Readers take it once and need no lock.</summary>
internal sealed record MemorySnapshot(ImmutableSortedSet<StoredTrace> ById, ImmutableSortedSet<StoredTrace> ByStart, StoreStatistics Statistics)
{
    /// <summary>Low half first, so that traces that share it stand side by side.</summary>
    public static IComparer<StoredTrace> IdOrder { get; } = Comparer<StoredTrace>.Create(static (left, right) =>
        left.Id.Low != right.Id.Low ? left.Id.Low.CompareTo(right.Id.Low) : left.Id.High.CompareTo(right.Id.High));

    /// <summary>The order of results; see <see cref="TraceQuery"/>.</summary>
    public static IComparer<StoredTrace> StartOrder { get; } = Comparer<StoredTrace>.Create(static (left, right) =>
        left.StartNs != right.StartNs ? right.StartNs.CompareTo(left.StartNs) : left.Id.CompareTo(right.Id));

    public static MemorySnapshot Empty { get; } = new(
        ImmutableSortedSet.Create(IdOrder), ImmutableSortedSet.Create(StartOrder), new StoreStatistics(0, 0, 0, 0));

    public StoredTrace? Find(TraceId id) => ById.TryGetValue(StoredTrace.Probe(id), out StoredTrace found) ? found : null;

    /// <summary>In ascending order of id.</summary>
    public IEnumerable<StoredTrace> FindByLowId(ulong low)
    {
        for (int i = FirstAtOrAfter(ById, StoredTrace.Probe(new TraceId(0, low))); i < ById.Count && ById[i].Id.Low == low; i++)
            yield return ById[i];
    }

    /// <summary>All traces, those with the same low half together, in ascending order of id within.</summary>
    public IEnumerable<List<StoredTrace>> GroupedByLowId()
    {
        List<StoredTrace> group = [];
        foreach (StoredTrace trace in ById)
        {
            if (group.Count > 0 && group[0].Id.Low != trace.Id.Low)
            {
                yield return group;
                group = [];
            }
            group.Add(trace);
        }
        if (group.Count > 0)
            yield return group;
    }

    /// <summary>Newest first, from behind <paramref name="after"/> on.</summary>
    public IEnumerable<StoredTrace> NewestFirst(TraceCursor? after)
    {
        int i = 0;
        if (after is { } cursor)
        {
            StoredTrace probe = StoredTrace.Probe(cursor.TraceId, cursor.StartNs);
            i = FirstAtOrAfter(ByStart, probe);
            if (i < ByStart.Count && StartOrder.Compare(ByStart[i], probe) == 0)
                i++;
        }
        for (; i < ByStart.Count; i++)
            yield return ByStart[i];
    }

    private static int FirstAtOrAfter(ImmutableSortedSet<StoredTrace> set, StoredTrace probe)
    {
        int index = set.IndexOf(probe);
        return index < 0 ? ~index : index;
    }
}
