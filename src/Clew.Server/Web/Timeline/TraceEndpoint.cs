using Clew.Model;
using Clew.Server.Archive;
using Clew.Storage;

namespace Clew.Server.Web;

/// <summary><c>/trace/{id}</c>: one trace.</summary>
internal sealed class TraceEndpoint(ISpanStore store, TraceLookup lookup)
{
    // What is said of an id that is none; the rest of a long text helps nobody.
    private const int MaxQuoted = 80;

    public async Task<IResult> GetAsync(string text, PageContext context, IQueryCollection parameters, CancellationToken cancellationToken)
    {
        if (!TraceId.TryParse(text, out TraceId id) || id.IsZero)
            return NotFound(context, text, null);
        Trace? trace;
        try
        {
            trace = await FindAsync(id, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            return new PageResult<StoreFailurePage>(context, exception.Message, StatusCodes.Status503ServiceUnavailable);
        }
        if (trace is null)
            return NotFound(context, text, id);
        var timeline = new TimelineModel(new TraceTree(trace), TimelineView.Read(parameters), context.Colors);
        return new PageResult<TracePage>(context, timeline);
    }

    /// <summary>The form of the top bar: <c>/trace?id=…</c> leads to <c>/trace/…</c>. Relative, so that a path prefix stays.</summary>
    public static IResult Jump(string? id, PageContext context)
    {
        string text = (id ?? "").Trim();
        return TraceId.TryParse(text, out TraceId traceId) && !traceId.IsZero
            ? Results.Redirect(context.TraceHref(traceId))
            : new PageResult<TraceNotFoundPage>(context, new TraceNotFound(Quote(text), null, 0, 0), StatusCodes.Status404NotFound);
    }

    /// <summary>A short id may have been cut by an old client: then the low half decides.</summary>
    private async Task<Trace?> FindAsync(TraceId id, CancellationToken cancellationToken)
    {
        Trace? trace = await lookup.GetAsync(id, cancellationToken);
        if (trace is null && id.High == 0)
        {
            IReadOnlyList<Trace> candidates = await store.GetTracesByLowIdAsync(id.Low, cancellationToken);
            trace = candidates.Count > 0 ? candidates[0] : null;
        }
        return trace;
    }

    private PageResult<TraceNotFoundPage> NotFound(PageContext context, string text, TraceId? id)
    {
        StoreStatistics kept = store.GetStatistics();
        return new PageResult<TraceNotFoundPage>(context, new TraceNotFound(Quote(text), id, kept.Traces, kept.Spans), StatusCodes.Status404NotFound);
    }

    private static string Quote(string text) => text.Length <= MaxQuoted ? text : string.Concat(text.AsSpan(0, MaxQuoted), "…");
}
