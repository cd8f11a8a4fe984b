using System.Runtime.InteropServices;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Adds up what tables contribute to the edges. One thread at a time.</summary>
internal sealed class EdgeLedger
{
    private readonly Dictionary<EdgeKey, EdgeCount> counts = [];

    public ServiceNumbers Services { get; } = new();

    /// <summary>When the earliest and the latest span of all traces looked at start, of those that have a time; the wrong way round when none has.</summary>
    public TimeRange Starts { get; private set; } = new(long.MaxValue, long.MinValue);

    public void Add(EdgeKey key, EdgeCount count) => CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _).Add(count);

    public void Include(TimeRange starts) => Starts = new TimeRange(Math.Min(Starts.FromNs, starts.FromNs), Math.Max(Starts.ToNs, starts.ToNs));

    public void Add(EdgeContribution contribution)
    {
        int[] numbers = [.. contribution.Services.Select(Services.Of)];
        foreach (EdgeEntry entry in contribution.ReadEntries())
        {
            EdgeSum edge = contribution.Sums[entry.Sum];
            Add(new EdgeKey(entry.FirstMinute, entry.LastMinute, numbers[edge.Parent], numbers[edge.Child]), entry.Count);
        }
        Include(contribution.Starts);
    }

    /// <summary>All that is not zero, in the order of <see cref="EdgeEntry"/>.</summary>
    /// <param name="sealedNumbers"><see cref="EdgeContribution.Sealed"/>.</param>
    /// <param name="needs"><see cref="EdgeContribution.Needs"/>.</param>
    public EdgeContribution ToContribution(SealedNumbers sealedNumbers, IEnumerable<long> needs)
    {
        var names = new List<string>();
        var numbers = new Dictionary<int, int>();
        var sums = new List<EdgeSum>();
        var places = new Dictionary<(int Parent, int Child), int>();
        var entries = new List<EdgeEntry>(counts.Count);
        foreach ((EdgeKey key, EdgeCount count) in counts)
        {
            if (count.IsZero)
                continue;
            if (!places.TryGetValue((key.Parent, key.Child), out int place))
            {
                places.Add((key.Parent, key.Child), place = sums.Count);
                sums.Add(new EdgeSum(NumberOf(key.Parent), NumberOf(key.Child), default));
            }
            EdgeSum sum = sums[place];
            sum.Count.Add(count);
            sums[place] = sum;
            entries.Add(new EdgeEntry(key.FirstMinute, key.LastMinute, place, count));
        }
        entries.Sort();
        return new EdgeContribution(sealedNumbers, [.. needs.Order()], [.. names], [.. sums], Starts, [.. entries]);

        int NumberOf(int service)
        {
            if (!numbers.TryGetValue(service, out int number))
            {
                numbers.Add(service, number = names.Count);
                names.Add(Services[service]);
            }
            return number;
        }
    }

    /// <summary>All calls whatever their minutes, ordered by parent, then child.</summary>
    public IReadOnlyList<ServiceEdge> ToEdges()
    {
        var totals = new Dictionary<(int Parent, int Child), EdgeCount>();
        foreach ((EdgeKey key, EdgeCount count) in counts)
            CollectionsMarshal.GetValueRefOrAddDefault(totals, (key.Parent, key.Child), out _).Add(count);
        return
        [
            .. totals.Where(static edge => edge.Value.Calls != 0)
                .Select(edge => new ServiceEdge(Services[edge.Key.Parent], Services[edge.Key.Child], edge.Value.Calls, edge.Value.Errors))
                .OrderBy(static edge => edge.Parent, StringComparer.Ordinal)
                .ThenBy(static edge => edge.Child, StringComparer.Ordinal),
        ];
    }
}
