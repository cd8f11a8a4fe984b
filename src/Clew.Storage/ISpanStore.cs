using Clew.Model;
using Clew.Query;
using Clew.Query.Metrics;

namespace Clew.Storage;

/// <summary>
/// Keeps spans and answers questions about them. All members are safe to call from any thread at once. An implementation is done when
/// the conformance suite passes: same answers as the reference evaluator.
/// </summary>
public interface ISpanStore : IAsyncDisposable
{
    /// <summary>
    /// Stores every span of the batch, all or nothing. When the task completes the spans are as durable as the store promises and found
    /// by the next query. The batch is not touched afterwards. A span equal in every field to one of the same trace already there is
    /// kept once, so that a sender may repeat a batch; spans that only share an id are all kept.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored; the sender should try again later.</exception>
    ValueTask AppendAsync(SpanBatch batch, CancellationToken cancellationToken);

    /// <summary>All spans of a trace, or null.</summary>
    ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken);

    /// <summary>
    /// The traces whose id has these low 64 bits, whatever the high half, by ascending id: what Zipkin's lenient look-up and clients that
    /// cut ids need. Empty when there is none.
    /// </summary>
    ValueTask<IReadOnlyList<Trace>> GetTracesByLowIdAsync(ulong low, CancellationToken cancellationToken);

    /// <summary>A page of the traces that answer the query, as <see cref="TraceMatcher"/> decides.</summary>
    /// <exception cref="QueryException">The query is not valid.</exception>
    ValueTask<TraceSearchResult> SearchAsync(TraceQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Names of services with spans that start in the range, in ordinal order; <see cref="AttributeKeys.UnknownService"/> where senders gave none.
    /// Here and below a span without a time is only in <see cref="TimeRange.All"/>, and an inverted range is empty.
    /// </summary>
    ValueTask<IReadOnlyList<string>> GetServicesAsync(TimeRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Operations of a service (of all services when null), ordered by name (ordinal), then kind, then service. Spans with an empty name have none.
    /// </summary>
    ValueTask<IReadOnlyList<Operation>> GetOperationsAsync(string? service, TimeRange range, CancellationToken cancellationToken);

    /// <summary>Names of services that the service's spans name as their remote side (<see cref="Span.RemoteServiceName"/>), in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> GetRemoteServicesAsync(string service, TimeRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Attribute keys seen in a scope (those for which <see cref="SpanCondition.Exists"/> holds on a span in the range), in ordinal order, at
    /// most <paramref name="limit"/>, which is from 1.
    /// </summary>
    ValueTask<IReadOnlyList<string>> GetAttributeKeysAsync(AttributeScope scope, TimeRange range, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Values of an attribute, those a condition on it would see, in text form with the number of spans that carry each. Most frequent
    /// first, then by value (ordinal), then type; at most <paramref name="limit"/>, which is from 1.
    /// </summary>
    ValueTask<IReadOnlyList<AttributeValueCount>> GetAttributeValuesAsync(QueryField.Attribute attribute, TimeRange range, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Who calls whom, from the traces with at least one span that starts in the range; see <see cref="ServiceEdge"/>. Traces whose ids share the
    /// low 64 bits count as one: services that cut ids report their half of a call under the low half alone.
    /// </summary>
    ValueTask<IReadOnlyList<ServiceEdge>> GetServiceEdgesAsync(TimeRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Calls and latencies for each minute, service, operation, kind and status, of the minutes that overlap the range: whole minutes, so that the answer comes from
    /// aggregates. Ordered as <see cref="MinuteAggregator.ToList"/> says.
    /// </summary>
    /// <param name="service">Only this service; all when null.</param>
    /// <param name="range">Minutes that overlap it count whole.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<IReadOnlyList<MinuteAggregate>> GetMinuteAggregatesAsync(string? service, TimeRange range, CancellationToken cancellationToken);

    StoreStatistics GetStatistics();
}
