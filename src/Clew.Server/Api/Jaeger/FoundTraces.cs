using System.Runtime.CompilerServices;
using Clew.Model;
using Clew.Query;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger;

/// <summary>From what a search found to whole traces.</summary>
internal static class FoundTraces
{
    /// <summary>The traces one by one, as they are fetched. Retention may have taken one since it was found: it is left out.</summary>
    public static async IAsyncEnumerable<Trace> TracesOf(
        this ISpanStore store, TraceSearchResult found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (TraceSummary summary in found.Traces)
        {
            if (await store.GetTraceAsync(summary.TraceId, cancellationToken) is { } trace)
                yield return trace;
        }
    }
}
