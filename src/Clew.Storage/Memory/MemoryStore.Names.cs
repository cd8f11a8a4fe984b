using Clew.Model;
using Clew.Query;
using Clew.Query.Metrics;

namespace Clew.Storage;

public sealed partial class MemoryStore
{
    public ValueTask<IReadOnlyList<string>> GetServicesAsync(TimeRange range, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Names(range, cancellationToken).Services);

    public ValueTask<IReadOnlyList<Operation>> GetOperationsAsync(string? service, TimeRange range, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Names(range, cancellationToken).OperationsOf(service));

    public ValueTask<IReadOnlyList<string>> GetRemoteServicesAsync(string service, TimeRange range, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Names(range, cancellationToken).RemoteServicesOf(service));

    public ValueTask<IReadOnlyList<string>> GetAttributeKeysAsync(AttributeScope scope, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var keys = new HashSet<string>();
        foreach (Span span in SpansIn(range, cancellationToken))
            FieldReader.AddKeys(scope, span, keys);
        return ValueTask.FromResult<IReadOnlyList<string>>([.. keys.Order(StringComparer.Ordinal).Take(limit)]);
    }

    public ValueTask<IReadOnlyList<AttributeValueCount>> GetAttributeValuesAsync(
        QueryField.Attribute attribute, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var counts = new Dictionary<(string Text, AttributeType Type), long>();
        var values = new List<AttributeValue>();
        foreach (Span span in SpansIn(range, cancellationToken))
        {
            values.Clear();
            FieldReader.Read(attribute, span, values);
            foreach ((string, AttributeType) value in values.Select(value => (value.ToString(), value.Type)).Distinct())
                counts[value] = counts.GetValueOrDefault(value) + 1;
        }
        return ValueTask.FromResult<IReadOnlyList<AttributeValueCount>>([.. counts
            .Select(count => new AttributeValueCount(count.Key.Text, count.Key.Type, count.Value))
            .OrderByDescending(count => count.SpanCount)
            .ThenBy(count => count.Value, StringComparer.Ordinal)
            .ThenBy(count => count.Type)
            .Take(limit)]);
    }

    public ValueTask<IReadOnlyList<ServiceEdge>> GetServiceEdgesAsync(TimeRange range, CancellationToken cancellationToken) =>
        ValueTask.FromResult(DependencyLinker.Link(TracesForEdges(range, cancellationToken)));

    public ValueTask<IReadOnlyList<MinuteAggregate>> GetMinuteAggregatesAsync(string? service, TimeRange range, CancellationToken cancellationToken)
    {
        var minutes = new MinuteAggregator();
        if (range.FromNs <= range.ToNs)
        {
            foreach (Span span in SpansIn(MinuteAggregate.WholeMinutes(range), cancellationToken))
            {
                if (service is null || span.ServiceName == service)
                    minutes.Add(span);
            }
        }
        return ValueTask.FromResult(minutes.ToList());
    }

    private SpanNames Names(TimeRange range, CancellationToken cancellationToken)
    {
        if (range != TimeRange.All)
        {
            var operations = new HashSet<Operation>();
            var remotes = new HashSet<SpanNames.RemoteName>();
            foreach (Span span in SpansIn(range, cancellationToken))
            {
                operations.Add(SpanNames.OperationOf(span));
                if (SpanNames.RemoteNameOf(span) is { } remote)
                    remotes.Add(remote);
            }
            return new SpanNames(operations, remotes);
        }
        cancellationToken.ThrowIfCancellationRequested();
        lock (sync)
        {
            ThrowIfClosed();
            return table.Names.Current;
        }
    }

    private IEnumerable<Span> SpansIn(TimeRange range, CancellationToken cancellationToken)
    {
        foreach (StoredTrace stored in Current(cancellationToken).ById)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!stored.MayStartIn(range))
                continue;
            foreach (Span span in stored.Trace.Spans)
            {
                if (TraceTime.Contains(range, span.StartNs))
                    yield return span;
            }
        }
    }

    // Services that cut ids to 64 bits report their half of a trace under the low half alone; only together the halves show the call.
    private IEnumerable<Trace> TracesForEdges(TimeRange range, CancellationToken cancellationToken)
    {
        foreach (List<StoredTrace> sameLowId in Current(cancellationToken).GroupedByLowId())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span[] spans = [.. sameLowId.SelectMany(stored => stored.Trace.Spans)];
            if (spans.Any(span => TraceTime.Contains(range, span.StartNs)))
                yield return new Trace(sameLowId[^1].Id, spans);
        }
    }
}
