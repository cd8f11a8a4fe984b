using Clew.Query;
using Clew.Storage;

namespace Clew.Server.Web;

/// <summary>For a search that found nothing: tries it without each condition in turn, and over a longer time.</summary>
internal static class SearchHints
{
    // Each hint is one more search; more than a handful helps nobody.
    private const int MaxTries = 8;
    private const int CountLimit = 100;

    private static readonly string[] Ranges = ["15m", "1h", "6h", "1d", "2d", "7d"];

    public static async Task<IReadOnlyList<SearchHint>> FindAsync(ISpanStore store, SearchForm form, long nowNs, CancellationToken cancellationToken)
    {
        form = form with { After = "" };
        var hints = new List<SearchHint>();
        foreach ((string? dropped, SearchForm changed) in Changes(form).Take(MaxTries))
        {
            TraceSearchResult result = await store.SearchAsync(new SearchQuery(changed, nowNs).ToTraceQuery(CountLimit), cancellationToken);
            if (result.Traces.Count > 0)
                hints.Add(new SearchHint(dropped, changed, result.Traces.Count, result.Next is not null));
        }
        return hints;
    }

    /// <summary>The form less one condition each; last the next wider ranges.</summary>
    internal static IEnumerable<(string? Dropped, SearchForm Form)> Changes(SearchForm form)
    {
        if (form.Service.Length > 0)
            yield return ($"service={form.Service}", form with { Service = "" });
        if (form.Operation.Length > 0)
            yield return ($"operation={form.Operation}", form with { Operation = "" });
        if (form.Status.Length > 0)
            yield return ($"status={form.Status}", form with { Status = "" });
        if (form.Min.Length > 0)
            yield return ($"min={form.Min}", form with { Min = "" });
        if (form.Max.Length > 0)
            yield return ($"max={form.Max}", form with { Max = "" });
        if (AttributeTermParser.TryParse(form.Attributes, out List<AttributeTerm> terms) is null)
        {
            foreach (AttributeTerm term in terms)
                yield return (form.Attributes.Substring(term.Start, term.Length), form with { Attributes = form.Attributes.Remove(term.Start, term.Length).Trim() });
        }
        if (!form.HasFixedRange && DurationText.TryParse(form.Last, out long lastNs))
        {
            foreach (string wider in Ranges)
            {
                if (DurationText.TryParse(wider, out long widerNs) && widerNs > lastNs)
                    yield return (null, form with { Last = wider });
            }
        }
    }
}
