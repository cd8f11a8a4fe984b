using Clew.Model;

namespace Clew.Server.Web;

/// <summary>Everything the search page shows.</summary>
public sealed record SearchModel
{
    public required SearchForm Form { get; init; }

    /// <summary>The range the form means at this moment.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>Rows on a page, as read from the form.</summary>
    public required int Limit { get; init; }

    public IReadOnlyList<SearchProblem> Problems { get; init; } = [];

    /// <summary>For the field's list; empty when the store could not say.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Of the chosen service; empty when none is chosen.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>Null when there are problems, or when the store could not answer.</summary>
    public SearchResults? Results { get; init; }

    /// <summary>What the store said when it could not answer.</summary>
    public string? StoreFailure { get; init; }
}

/// <summary>A page of results.</summary>
public sealed record SearchResults
{
    public required IReadOnlyList<ResultRow> Rows { get; init; }

    /// <summary>Traces known to match from this page's first on; exact unless <see cref="More"/>.</summary>
    public required int Found { get; init; }

    /// <summary>There are more than <see cref="Found"/>.</summary>
    public required bool More { get; init; }

    /// <summary>Of <see cref="Found"/>.</summary>
    public required int WithErrors { get; init; }

    public required long ElapsedNs { get; init; }

    /// <summary>Null on an empty page.</summary>
    public SearchPlot? Plot { get; init; }

    /// <summary>The form of the next page; null on the last.</summary>
    public SearchForm? Next { get; init; }

    /// <summary>The store's reason when it had to cut the search.</summary>
    public string? Incomplete { get; init; }

    /// <summary>When nothing was found: what would find something.</summary>
    public IReadOnlyList<SearchHint> Hints { get; init; } = [];
}

/// <summary>One trace of the list.</summary>
/// <param name="Trace">Its summary.</param>
/// <param name="BarPercent">Its duration relative to the longest of the page.</param>
/// <param name="Services">The services worth a chip: the root's, those with errors, then the busiest.</param>
/// <param name="MoreServices">How many have no chip.</param>
public sealed record ResultRow(TraceSummary Trace, double BarPercent, IReadOnlyList<ServiceSummary> Services, int MoreServices)
{
    private const int MaxChips = 6;

    public static IReadOnlyList<ResultRow> From(IReadOnlyList<TraceSummary> traces)
    {
        double longestNs = Math.Max(1, traces.Select(trace => trace.DurationNs).DefaultIfEmpty().Max());
        return [.. traces.Select(trace => new ResultRow(trace, 100 * trace.DurationNs / longestNs, Chips(trace), Math.Max(0, trace.Services.Count - MaxChips)))];
    }

    private static List<ServiceSummary> Chips(TraceSummary trace) =>
    [
        .. trace.Services
            .OrderByDescending(service => service.Name == trace.RootServiceName)
            .ThenByDescending(service => service.ErrorCount > 0)
            .ThenByDescending(service => service.SpanCount)
            .ThenBy(service => service.Name, StringComparer.Ordinal)
            .Take(MaxChips),
    ];
}

/// <summary>A change of the query that would find something.</summary>
/// <param name="Dropped">The condition to drop, as text; null when the time range is to be widened.</param>
/// <param name="Form">The changed form.</param>
/// <param name="Count">How many traces it finds.</param>
/// <param name="More">It finds more than <paramref name="Count"/>.</param>
public sealed record SearchHint(string? Dropped, SearchForm Form, int Count, bool More);
