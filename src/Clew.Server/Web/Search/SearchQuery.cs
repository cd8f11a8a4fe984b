using System.Globalization;
using Clew.Model;
using Clew.Query;

namespace Clew.Server.Web;

/// <summary>The question a form asks: the query for the store, the time range it means now, and what is wrong with it.</summary>
internal sealed class SearchQuery
{
    public const int MaxLimit = 500;

    private readonly List<SearchProblem> problems;

    public SearchQuery(SearchForm form, long nowNs, IEnumerable<SearchProblem>? found = null)
    {
        problems = [.. found ?? []];
        Range = ReadRange(form, nowNs);
        Limit = ReadLimit(form.Limit);
        Where = ReadWhere(form);
        After = ReadCursor(form.After);
    }

    public IReadOnlyList<SearchProblem> Problems => problems;

    public TimeRange Range { get; }

    /// <summary>Rows on a page.</summary>
    public int Limit { get; }

    public TraceCondition? Where { get; }

    public TraceCursor? After { get; }

    /// <param name="limit">How many traces to ask for: more than the page shows, because the plot draws more.</param>
    public TraceQuery ToTraceQuery(int limit) => new() { Range = Range, Where = Where, Limit = limit, After = After };

    /// <summary>The form field <c>after</c> for the page behind a trace.</summary>
    public static string WriteCursor(TraceSummary last) => string.Create(CultureInfo.InvariantCulture, $"{last.StartNs}-{last.TraceId}");

    private TimeRange ReadRange(SearchForm form, long nowNs)
    {
        if (!form.HasFixedRange)
        {
            if (DurationText.TryParse(form.Last, out long lastNs))
                return new TimeRange(Math.Max(0, nowNs - Math.Min(lastNs, nowNs)), nowNs);
            return Refuse(SearchProblemKind.Duration, form.Last);
        }
        long fromNs = 0, toNs = nowNs;
        if (form.From.Length > 0 && !TimeText.TryParse(form.From, out fromNs))
            return Refuse(SearchProblemKind.Time, form.From);
        if (form.To.Length > 0 && !TimeText.TryParse(form.To, out toNs))
            return Refuse(SearchProblemKind.Time, form.To);
        if (form.From.Length == 0)
            fromNs = Math.Max(0, toNs - 3600 * 1_000_000_000L);
        return fromNs <= toNs ? new TimeRange(fromNs, toNs) : Refuse(SearchProblemKind.ToBeforeFrom, form.To);

        TimeRange Refuse(SearchProblemKind kind, string detail)
        {
            problems.Add(new SearchProblem(SearchField.Range, kind, detail));
            return new TimeRange(nowNs - 3600 * 1_000_000_000L, nowNs);
        }
    }

    private int ReadLimit(string text)
    {
        if (text.Length == 0)
            return SearchForm.DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0)
            return Math.Min(limit, MaxLimit);
        problems.Add(new SearchProblem(SearchField.Limit, SearchProblemKind.Number, text));
        return SearchForm.DefaultLimit;
    }

    private TraceCondition? ReadWhere(SearchForm form)
    {
        var span = new List<SpanCondition>();
        if (form.Service.Length > 0)
            span.Add(Is(QueryField.Service, form.Service));
        if (form.Operation.Length > 0)
            span.Add(Is(QueryField.Name, form.Operation));
        if (form.Status == "error")
            span.Add(Failed);
        if (AttributeTermParser.TryParse(form.Attributes, out List<AttributeTerm> terms) is { } problem)
            problems.Add(problem);
        span.AddRange(terms.Select(term => term.Condition));
        AddDurations(form, span);

        var trace = new List<TraceCondition>();
        if (span.Count > 0)
            trace.Add(new TraceCondition.AnySpan(SpanCondition.All(span)));
        if (form.Status == "ok")
            trace.Add(new TraceCondition.Not(new TraceCondition.AnySpan(Failed)));
        else if (form.Status is not ("" or "error"))
            problems.Add(new SearchProblem(SearchField.Status, SearchProblemKind.Word, form.Status));
        return TraceCondition.All(trace);
    }

    private void AddDurations(SearchForm form, List<SpanCondition> span)
    {
        long? minNs = Add(SearchField.Min, form.Min, ComparisonOperator.GreaterOrEqual);
        long? maxNs = Add(SearchField.Max, form.Max, ComparisonOperator.LessOrEqual);
        if (maxNs < minNs)
            problems.Add(new SearchProblem(SearchField.Max, SearchProblemKind.MaxBelowMin, form.Max));

        long? Add(SearchField field, string text, ComparisonOperator comparison)
        {
            if (text.Length == 0)
                return null;
            if (!DurationText.TryParse(text, out long ns))
            {
                problems.Add(new SearchProblem(field, SearchProblemKind.Duration, text));
                return null;
            }
            span.Add(new SpanCondition.Compare(new QueryField.Intrinsic(IntrinsicField.TraceDurationNs), comparison, AttributeValue.From(ns)));
            return ns;
        }
    }

    private TraceCursor? ReadCursor(string text)
    {
        if (text.Length == 0)
            return null;
        int dash = text.LastIndexOf('-');
        if (dash > 0 && long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long startNs) && TraceId.TryParse(text.AsSpan(dash + 1), out TraceId id))
            return new TraceCursor(startNs, id);
        problems.Add(new SearchProblem(SearchField.After, SearchProblemKind.Word, text));
        return null;
    }

    private static SpanCondition Failed => Is(new QueryField.Intrinsic(IntrinsicField.Status), "error");

    private static SpanCondition.Compare Is(QueryField field, string value) => new(field, ComparisonOperator.Equal, AttributeValue.From(value));
}
