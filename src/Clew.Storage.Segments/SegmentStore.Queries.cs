using Clew.Model;
using Clew.Query;
using Clew.Query.Metrics;
using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Search;
using Clew.Storage.Segments.Store;

namespace Clew.Storage.Segments;

public sealed partial class SegmentStore
{
    public ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken) =>
        Read(tables => TraceReader.Read(tables, traceId), cancellationToken);

    public ValueTask<IReadOnlyList<Trace>> GetTracesByLowIdAsync(ulong low, CancellationToken cancellationToken) =>
        Read(tables => TraceReader.ReadByLowId(tables, low), cancellationToken);

    public ValueTask<TraceSearchResult> SearchAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        var plan = new SearchPlan(query);
        return Read(
            tables =>
            {
                TraceSearchResult result = new TraceSearch(plan, tables, new SearchBudget(options.SearchTimeMax, time), helpers, cancellationToken).Run();
                if (result.Incomplete is not null)
                    metrics.Incomplete();
                return result;
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> GetServicesAsync(TimeRange range, CancellationToken cancellationToken) =>
        Read(tables => Ordinal(Collect<string>(tables, range, (table, found) => TableNames.AddServices(table, range, found), cancellationToken)), cancellationToken);

    public ValueTask<IReadOnlyList<Operation>> GetOperationsAsync(string? service, TimeRange range, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Operation>>(
            tables =>
            [
                .. Collect<Operation>(tables, range, (table, found) => TableNames.AddOperations(table, service, range, found), cancellationToken)
                    .OrderBy(static operation => operation.Name, StringComparer.Ordinal)
                    .ThenBy(static operation => operation.Kind)
                    .ThenBy(static operation => operation.Service, StringComparer.Ordinal),
            ],
            cancellationToken);

    public ValueTask<IReadOnlyList<string>> GetRemoteServicesAsync(string service, TimeRange range, CancellationToken cancellationToken) =>
        Read(tables => Ordinal(Collect<string>(tables, range, (table, found) => TableNames.AddRemoteServices(table, service, range, found), cancellationToken)), cancellationToken);

    public ValueTask<IReadOnlyList<string>> GetAttributeKeysAsync(AttributeScope scope, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Read<IReadOnlyList<string>>(
            tables => [.. Ordinal(Collect<string>(tables, range, (table, found) => TableNames.AddAttributeKeys(table, scope, range, found), cancellationToken)).Take(limit)],
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<AttributeValueCount>> GetAttributeValuesAsync(
        QueryField.Attribute attribute, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Read<IReadOnlyList<AttributeValueCount>>(
            tables =>
            {
                var counts = new Dictionary<(string Text, AttributeType Type), long>();
                foreach (StoreTable table in tables)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (table.MayStartIn(range))
                        TableNames.AddAttributeValues(table.Spans, attribute, range, counts);
                }
                return
                [
                    .. counts.Select(static count => new AttributeValueCount(count.Key.Text, count.Key.Type, count.Value))
                        .OrderByDescending(static count => count.SpanCount)
                        .ThenBy(static count => count.Value, StringComparer.Ordinal)
                        .ThenBy(static count => count.Type)
                        .Take(limit),
                ];
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<ServiceEdge>> GetServiceEdgesAsync(TimeRange range, CancellationToken cancellationToken) =>
        Read(tables => EdgeQuery.Run(tables.Select(static table => table.ForAnalytics), range, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<MinuteAggregate>> GetMinuteAggregatesAsync(string? service, TimeRange range, CancellationToken cancellationToken) =>
        Read(
            tables => MinuteQuery.Run(
                tables.Where(table => table.MayStartIn(MinuteAggregate.WholeMinutes(range))).Select(static table => table.ForAnalytics), service, range, cancellationToken),
            cancellationToken);

    private static HashSet<T> Collect<T>(StoreTables tables, TimeRange range, Action<Tables.SpanTable, ISet<T>> add, CancellationToken cancellationToken)
    {
        var found = new HashSet<T>();
        foreach (StoreTable table in tables)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.MayStartIn(range))
                add(table.Spans, found);
        }
        return found;
    }

    private static IReadOnlyList<string> Ordinal(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    /// <summary>
    /// Asks a question of what is there now. Where a segment turns out to be damaged it is set aside and the question asked again of the rest: what is unreadable is not
    /// served, and hides nothing else.
    /// </summary>
    private ValueTask<T> Read<T>(Func<StoreTables, T> question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            ThrowIfClosed();
            using ViewLease lease = state.Hold();
            try
            {
                return ValueTask.FromResult(question(lease.View.Tables()));
            }
            catch (Exception exception) when (exception is SegmentFormatException or StoreIoException)
            {
                if (maintenance.SetAsideDamaged(lease.View.Segments).Length == 0)
                    throw new StoreUnavailableException($"The store cannot be read: {exception.Message}", exception);
            }
        }
    }
}
