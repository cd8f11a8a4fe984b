using Clew.Model;

namespace Clew.Query;

/// <summary>
/// The reference evaluator: decides by plain reading of the documented rules whether a trace answers a query. Every store
/// must agree with it. <see cref="TraceQuery.Limit"/> and <see cref="TraceQuery.After"/> are the caller's.
/// One thread at a time; made once for a query, used for many traces.
/// </summary>
public sealed class TraceMatcher
{
    private readonly TraceQuery query;
    private readonly Dictionary<TraceCondition.AnySpan, SpanMatcher> spanMatchers = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="QueryException">The query is not valid: see <see cref="TraceQueryValidator"/>, or a regular expression is wrong.</exception>
    public TraceMatcher(TraceQuery query)
    {
        TraceQueryValidator.Validate(query);
        this.query = query;
        if (query.Where is not null)
            Prepare(query.Where);
    }

    public bool IsMatch(Trace trace)
    {
        IReadOnlyList<Span> candidates = query.RangeTarget == TimeRangeTarget.TraceTime
            ? TraceTime.Contains(query.Range, TraceTime.ZipkinTimeNs(trace.Spans)) ? trace.Spans : []
            : SpansInRange(trace.Spans);
        return candidates.Count > 0 && (query.Where is null || Holds(query.Where, candidates, trace));
    }

    private IReadOnlyList<Span> SpansInRange(IReadOnlyList<Span> spans) =>
        query.Range == TimeRange.All ? spans : [.. spans.Where(span => TraceTime.Contains(query.Range, span.StartNs))];

    private bool Holds(TraceCondition condition, IReadOnlyList<Span> candidates, Trace trace) => condition switch
    {
        TraceCondition.AnySpan any => candidates.Any(span => spanMatchers[any].IsMatch(span, trace)),
        TraceCondition.And and => Holds(and.Left, candidates, trace) && Holds(and.Right, candidates, trace),
        TraceCondition.Or or => Holds(or.Left, candidates, trace) || Holds(or.Right, candidates, trace),
        TraceCondition.Not not => !Holds(not.Inner, candidates, trace),
        _ => throw new InvalidOperationException($"Unknown trace condition {condition.GetType().Name}."),
    };

    private void Prepare(TraceCondition condition)
    {
        switch (condition)
        {
            case TraceCondition.AnySpan any:
                spanMatchers.TryAdd(any, new SpanMatcher(any.Condition));
                break;
            case TraceCondition.And and:
                Prepare(and.Left);
                Prepare(and.Right);
                break;
            case TraceCondition.Or or:
                Prepare(or.Left);
                Prepare(or.Right);
                break;
            case TraceCondition.Not not:
                Prepare(not.Inner);
                break;
        }
    }
}
