using System.Runtime.InteropServices;
using Clew.Model;

namespace Clew.Query.Metrics;

/// <summary>
/// Groups spans by minute, service, operation, kind and status: the plain computation every store's aggregates have to agree with. Spans without a time belong
/// to no minute and are left out.
/// </summary>
public sealed class MinuteAggregator
{
    private readonly Dictionary<Key, LatencyHistogram> groups = [];

    public void Add(Span span) => Add(span.StartNs, span.ServiceName, span.Name, span.Kind, span.Status, span.DurationNs);

    public void Add(long startNs, string service, string operation, SpanKind kind, StatusCode status, long durationNs)
    {
        if (startNs != 0)
            Of(MinuteAggregate.MinuteOf(startNs), service, operation, kind, status).Add(durationNs);
    }

    /// <summary>Ordered by minute, service, operation (ordinal), kind and status.</summary>
    public IReadOnlyList<MinuteAggregate> ToList() =>
    [
        .. groups.Select(static group => new MinuteAggregate(
                group.Key.MinuteStartNs, group.Key.Service, group.Key.Operation, group.Key.Kind, group.Key.Status, group.Value.Count, group.Value))
            .OrderBy(static row => row.MinuteStartNs)
            .ThenBy(static row => row.Service, StringComparer.Ordinal)
            .ThenBy(static row => row.Operation, StringComparer.Ordinal)
            .ThenBy(static row => row.Kind)
            .ThenBy(static row => row.Status),
    ];

    private LatencyHistogram Of(long minuteStartNs, string service, string operation, SpanKind kind, StatusCode status)
    {
        ref LatencyHistogram? found = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, new Key(minuteStartNs, service, operation, kind, status), out _);
        return found ??= new LatencyHistogram();
    }

    private readonly record struct Key(long MinuteStartNs, string Service, string Operation, SpanKind Kind, StatusCode Status);
}
