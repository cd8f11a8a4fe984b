using Clew.Model;
using Clew.Query;
using Clew.Query.Metrics;
using Clew.Storage;

namespace Clew.Server.Tests.Support;

/// <summary>An empty store for tests of what stands around a store; it can be made to fail or to block.</summary>
internal sealed class FakeStore : ISpanStore
{
    public Func<Task> OnUse { get; set; } = () => Task.CompletedTask;

    public StoreStatistics Statistics { get; set; } = new(0, 0, 0, 0);

    public bool IsDisposed { get; private set; }

    public async ValueTask AppendAsync(SpanBatch batch, CancellationToken cancellationToken) => await OnUse();

    public ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken) => Answer<Trace?>(null);

    public ValueTask<IReadOnlyList<Trace>> GetTracesByLowIdAsync(ulong low, CancellationToken cancellationToken) => Answer<IReadOnlyList<Trace>>([]);

    public ValueTask<TraceSearchResult> SearchAsync(TraceQuery query, CancellationToken cancellationToken) => Answer(new TraceSearchResult([], null));

    public ValueTask<IReadOnlyList<string>> GetServicesAsync(TimeRange range, CancellationToken cancellationToken) => Answer<IReadOnlyList<string>>([]);

    public ValueTask<IReadOnlyList<Operation>> GetOperationsAsync(string? service, TimeRange range, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<Operation>>([]);

    public ValueTask<IReadOnlyList<string>> GetRemoteServicesAsync(string service, TimeRange range, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<string>>([]);

    public ValueTask<IReadOnlyList<string>> GetAttributeKeysAsync(AttributeScope scope, TimeRange range, int limit, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<string>>([]);

    public ValueTask<IReadOnlyList<AttributeValueCount>> GetAttributeValuesAsync(
        QueryField.Attribute attribute, TimeRange range, int limit, CancellationToken cancellationToken) => Answer<IReadOnlyList<AttributeValueCount>>([]);

    public ValueTask<IReadOnlyList<ServiceEdge>> GetServiceEdgesAsync(TimeRange range, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<ServiceEdge>>([]);

    public ValueTask<IReadOnlyList<MinuteAggregate>> GetMinuteAggregatesAsync(string? service, TimeRange range, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<MinuteAggregate>>([]);

    public StoreStatistics GetStatistics() => Statistics;

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private async ValueTask<T> Answer<T>(T answer)
    {
        await OnUse();
        return answer;
    }
}
