using Clew.Model;
using Clew.Query;

namespace Clew.Storage;

/// <summary>
/// Keeps spans and answers questions about them. All members are safe to call from any thread at once. An implementation is done when
/// the conformance suite passes: same answers as the reference evaluator.
/// </summary>
public interface ISpanStore : IAsyncDisposable
{
    /// <summary>
    /// Stores every span of the batch, all or nothing. When the task completes the spans are as durable as the store promises and found
    /// by the next query. The batch is not touched afterwards.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored; the sender should try again later.</exception>
    ValueTask AppendAsync(SpanBatch batch, CancellationToken cancellationToken);

    /// <summary>All spans of a trace, or null.</summary>
    ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken);

    /// <summary>
    /// The traces whose id has these low 64 bits, whatever the high half: what Zipkin's lenient look-up and clients that cut ids need.
    /// </summary>
    ValueTask<IReadOnlyList<Trace>> GetTracesByLowIdAsync(ulong low, CancellationToken cancellationToken);

    ValueTask<TraceSearchResult> SearchAsync(TraceQuery query, CancellationToken cancellationToken);

    /// <summary>Names of services with spans that start in the range, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> GetServicesAsync(TimeRange range, CancellationToken cancellationToken);

    /// <summary>Operations of a service (of all services when null), ordered by name, then kind.</summary>
    ValueTask<IReadOnlyList<Operation>> GetOperationsAsync(string? service, TimeRange range, CancellationToken cancellationToken);

    /// <summary>Names of services that the service's spans name as their remote side (<see cref="Span.RemoteServiceName"/>), in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> GetRemoteServicesAsync(string service, TimeRange range, CancellationToken cancellationToken);

    /// <summary>Attribute keys seen in a scope, in ordinal order, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<string>> GetAttributeKeysAsync(AttributeScope scope, TimeRange range, int limit, CancellationToken cancellationToken);

    /// <summary>Values (in text form) of an attribute with the number of spans that carry each, most frequent first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<AttributeValueCount>> GetAttributeValuesAsync(QueryField.Attribute attribute, TimeRange range, int limit, CancellationToken cancellationToken);

    /// <summary>Who calls whom, from the traces with at least one span that starts in the range; see <see cref="ServiceEdge"/>.</summary>
    ValueTask<IReadOnlyList<ServiceEdge>> GetServiceEdgesAsync(TimeRange range, CancellationToken cancellationToken);

    StoreStatistics GetStatistics();
}
