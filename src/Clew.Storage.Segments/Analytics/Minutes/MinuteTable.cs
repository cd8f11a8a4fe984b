using System.Runtime.InteropServices;
using Clew.Query.Metrics;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Calls and latencies by service, minute, operation, kind and status, in memory. One thread at a time.</summary>
internal sealed class MinuteTable
{
    private readonly Dictionary<string, Dictionary<MinuteKey, LatencyHistogram>> services = [];

    /// <summary>Names of the services, in no order.</summary>
    public IReadOnlyCollection<string> Services => services.Keys;

    /// <summary>The histogram of a group, to be added to.</summary>
    public LatencyHistogram Of(string service, MinuteKey key)
    {
        ref Dictionary<MinuteKey, LatencyHistogram>? groups = ref CollectionsMarshal.GetValueRefOrAddDefault(services, service, out _);
        ref LatencyHistogram? histogram = ref CollectionsMarshal.GetValueRefOrAddDefault(groups ??= [], key, out _);
        return histogram ??= new LatencyHistogram();
    }

    /// <summary>The groups of a service in no order; none when it is not there.</summary>
    public IReadOnlyDictionary<MinuteKey, LatencyHistogram> GroupsOf(string service) =>
        services.TryGetValue(service, out Dictionary<MinuteKey, LatencyHistogram>? groups) ? groups : new Dictionary<MinuteKey, LatencyHistogram>();

    public void AddTo(MinuteAggregator minutes, string? service, MinuteRange range)
    {
        IEnumerable<string> names = service is null ? services.Keys : [service];
        foreach (string name in names)
        {
            foreach ((MinuteKey key, LatencyHistogram histogram) in GroupsOf(name))
            {
                if (range.Contains(key.Minute))
                    minutes.Of(MinuteNumber.StartNs(key.Minute), name, key.Operation, key.Kind, key.Status).Merge(histogram);
            }
        }
    }
}
