using System.Runtime.CompilerServices;
using Clew.Model;
using Clew.Query;
using Clew.Storage;

namespace Clew.Server.Api.Zipkin;

/// <summary>
/// Traces as Zipkin's API sees them. Strict: one for each trace id. Lenient (<c>STRICT_TRACE_ID=false</c>): traces whose ids share the low 64 bits
/// are one, found by either form of its id, for systems in which some services cut ids to 64 bits.
/// </summary>
internal sealed class ZipkinTraces(ISpanStore store, bool isStrict)
{
    // The parts of a trace are found when one of them is this near the range; the whole is then tested exactly.
    private const long PartsApartNs = 3_600L * 1_000_000_000;

    // Candidates are asked for in pages at least this large, since several can be parts of one trace.
    private const int PageMin = 100;

    /// <summary>All spans of a trace, or null.</summary>
    public async ValueTask<Trace?> GetAsync(TraceId id, CancellationToken cancellationToken)
    {
        if (isStrict)
            return await store.GetTraceAsync(id, cancellationToken);
        IReadOnlyList<Trace> parts = await store.GetTracesByLowIdAsync(id.Low, cancellationToken);
        // By ascending id: the last has the high half, if any has.
        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => new Trace(parts[^1].Id, [.. parts.SelectMany(static part => part.Spans)]),
        };
    }

    /// <summary>Those that are there, each once, in the order of the ids.</summary>
    public async IAsyncEnumerable<Trace> GetManyAsync(IEnumerable<TraceId> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (TraceId id in isStrict ? ids : ids.DistinctBy(static id => id.Low))
        {
            if (await GetAsync(id, cancellationToken) is { } trace)
                yield return trace;
        }
    }

    public IAsyncEnumerable<Trace> FindAsync(TraceQuery query, CancellationToken cancellationToken) =>
        isStrict ? FindStrictAsync(query, cancellationToken) : FindLenientAsync(query, cancellationToken);

    private async IAsyncEnumerable<Trace> FindStrictAsync(TraceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TraceSearchResult found = await store.SearchAsync(query, cancellationToken);
        await foreach (Trace trace in GetManyAsync(found.Traces.Select(static summary => summary.TraceId), cancellationToken))
            yield return trace;
    }

    /// <summary>
    /// The store knows parts, the conditions are about wholes and may be met by spans of different parts: what meets any of them is a candidate,
    /// and the whole it belongs to is tested.
    /// </summary>
    private async IAsyncEnumerable<Trace> FindLenientAsync(TraceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var matcher = new TraceMatcher(query);
        var seen = new HashSet<ulong>();
        int wanted = query.Limit;
        TraceQuery candidates = query with
        {
            Range = Widen(query.Range),
            Where = query.Where is null ? null : AnyPart(query.Where),
            Limit = Math.Max(query.Limit, PageMin),
        };
        while (true)
        {
            TraceSearchResult found = await store.SearchAsync(candidates, cancellationToken);
            foreach (TraceId id in found.Traces.Select(static summary => summary.TraceId))
            {
                if (!seen.Add(id.Low) || await GetAsync(id, cancellationToken) is not { } whole || !matcher.IsMatch(whole))
                    continue;
                yield return whole;
                if (--wanted == 0)
                    yield break;
            }
            if (found.Next is not { } next)
                yield break;
            candidates = candidates with { After = next };
        }
    }

    private static TraceCondition AnyPart(TraceCondition condition) =>
        condition is TraceCondition.And and ? new TraceCondition.Or(AnyPart(and.Left), AnyPart(and.Right)) : condition;

    private static TimeRange Widen(TimeRange range) => new(
        range.FromNs < long.MinValue + PartsApartNs ? long.MinValue : range.FromNs - PartsApartNs,
        range.ToNs > long.MaxValue - PartsApartNs ? long.MaxValue : range.ToNs + PartsApartNs);
}
