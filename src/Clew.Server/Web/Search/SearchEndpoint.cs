using Clew.Model;
using Clew.Query;
using Clew.Storage;

namespace Clew.Server.Web;

/// <summary><c>/search</c>: the form, and what it finds.</summary>
internal sealed class SearchEndpoint(ISpanStore store, TimeProvider time)
{
    // The plot draws from these, the list shows the first of them: one search answers both.
    private const int FetchLimit = 1000;

    public async Task<IResult> GetAsync(PageContext context, IQueryCollection parameters, CancellationToken cancellationToken)
    {
        var problems = new List<SearchProblem>();
        SearchForm form = SearchFormReader.Read(parameters, problems);
        var query = new SearchQuery(form, context.NowNs, problems);
        var model = new SearchModel { Form = form, Range = query.Range, Limit = query.Limit, Problems = query.Problems };
        try
        {
            model = model with
            {
                Services = await store.GetServicesAsync(query.Range, cancellationToken),
                Operations = await OperationsAsync(form.Service, query.Range, cancellationToken),
            };
            if (query.Problems.Count == 0)
                model = model with { Results = await SearchAsync(form, query, context.NowNs, cancellationToken) };
        }
        catch (QueryException exception)
        {
            problems.Add(new SearchProblem(SearchField.Attributes, SearchProblemKind.Refused, exception.Message));
            return new PageResult<SearchPage>(context, model with { Problems = problems }, StatusCodes.Status400BadRequest);
        }
        catch (StoreUnavailableException exception)
        {
            return new PageResult<SearchPage>(context, model with { StoreFailure = exception.Message }, StatusCodes.Status503ServiceUnavailable);
        }
        return new PageResult<SearchPage>(context, model, query.Problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    /// <summary>Only the list of operations, as the form holds it: for the module that keeps it in step with the service.</summary>
    public async Task<IResult> GetOperationsAsync(PageContext context, IQueryCollection parameters, CancellationToken cancellationToken)
    {
        SearchForm form = SearchFormReader.Read(parameters, []);
        IReadOnlyList<string> operations = await OperationsAsync(form.Service, new SearchQuery(form, context.NowNs).Range, cancellationToken);
        return new PageResult<OperationList>(context, operations);
    }

    private async Task<IReadOnlyList<string>> OperationsAsync(string service, TimeRange range, CancellationToken cancellationToken)
    {
        if (service.Length == 0)
            return [];
        IReadOnlyList<Operation> operations = await store.GetOperationsAsync(service, range, cancellationToken);
        return [.. operations.Select(operation => operation.Name).Distinct(StringComparer.Ordinal)];
    }

    private async Task<SearchResults> SearchAsync(SearchForm form, SearchQuery query, long nowNs, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        TraceSearchResult found = await store.SearchAsync(query.ToTraceQuery(FetchLimit), cancellationToken);
        long elapsedNs = time.GetElapsedTime(started).Ticks * 100;

        bool more = found.Next is not null;
        IReadOnlyList<TraceSummary> page = [.. found.Traces.Take(query.Limit)];
        return new SearchResults
        {
            Rows = ResultRow.From(page),
            Found = found.Traces.Count,
            More = more,
            WithErrors = found.Traces.Count(trace => trace.ErrorCount > 0),
            ElapsedNs = elapsedNs,
            Plot = page.Count > 0 ? new SearchPlot(found.Traces, query.Range, more) : null,
            Next = more || found.Traces.Count > page.Count ? form with { After = SearchQuery.WriteCursor(page[^1]) } : null,
            Incomplete = found.Incomplete,
            Hints = page.Count == 0 ? await SearchHints.FindAsync(store, form, nowNs, cancellationToken) : [],
        };
    }
}
