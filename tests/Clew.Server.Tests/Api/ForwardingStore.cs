using Clew.Model;
using Clew.Query;
using Clew.Query.Metrics;
using Clew.Storage;

namespace Clew.Server.Tests.Api;

/// <summary>A store in front of another: tests override what shall fail or wait.</summary>
internal class ForwardingStore(ISpanStore inner) : ISpanStore
{
    public virtual ValueTask AppendAsync(SpanBatch batch, CancellationToken cancellationToken) => inner.AppendAsync(batch, cancellationToken);

    public virtual ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken) => inner.GetTraceAsync(traceId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<Trace>> GetTracesByLowIdAsync(ulong low, CancellationToken cancellationToken) => inner.GetTracesByLowIdAsync(low, cancellationToken);

    public virtual ValueTask<TraceSearchResult> SearchAsync(TraceQuery query, CancellationToken cancellationToken) => inner.SearchAsync(query, cancellationToken);

    public virtual ValueTask<IReadOnlyList<string>> GetServicesAsync(TimeRange range, CancellationToken cancellationToken) => inner.GetServicesAsync(range, cancellationToken);

    public virtual ValueTask<IReadOnlyList<Operation>> GetOperationsAsync(string? service, TimeRange range, CancellationToken cancellationToken) =>
        inner.GetOperationsAsync(service, range, cancellationToken);

    public virtual ValueTask<IReadOnlyList<string>> GetRemoteServicesAsync(string service, TimeRange range, CancellationToken cancellationToken) =>
        inner.GetRemoteServicesAsync(service, range, cancellationToken);

    public virtual ValueTask<IReadOnlyList<string>> GetAttributeKeysAsync(AttributeScope scope, TimeRange range, int limit, CancellationToken cancellationToken) =>
        inner.GetAttributeKeysAsync(scope, range, limit, cancellationToken);

    public virtual ValueTask<IReadOnlyList<AttributeValueCount>> GetAttributeValuesAsync(
        QueryField.Attribute attribute, TimeRange range, int limit, CancellationToken cancellationToken) => inner.GetAttributeValuesAsync(attribute, range, limit, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ServiceEdge>> GetServiceEdgesAsync(TimeRange range, CancellationToken cancellationToken) =>
        inner.GetServiceEdgesAsync(range, cancellationToken);

    public virtual ValueTask<IReadOnlyList<MinuteAggregate>> GetMinuteAggregatesAsync(string? service, TimeRange range, CancellationToken cancellationToken) =>
        inner.GetMinuteAggregatesAsync(service, range, cancellationToken);

    public virtual StoreStatistics GetStatistics() => inner.GetStatistics();

    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();
}
