using Clew.Model;
using Clew.Query;
using static Clew.Storage.Conformance.Conditions;

namespace Clew.Storage.Conformance.Cases;

/// <summary>
/// A search as Zipkin's API asks it: each term may be met by another span, but only by spans of the named service; the trace's
/// own time decides about the range.
/// </summary>
internal sealed record ZipkinSearch
{
    public string? Service { get; init; }

    public string? RemoteService { get; init; }

    public string? SpanName { get; init; }

    /// <summary><c>key=value</c> is a tag; <c>term</c> the text of an annotation or the key of a tag.</summary>
    public string[] Terms { get; init; } = [];

    public long? MinDurationNs { get; init; }

    public long? MaxDurationNs { get; init; }

    public TimeRange Range { get; init; } = TimeRange.All;

    public int Limit { get; init; } = 100;

    public TraceQuery ToQuery()
    {
        List<SpanCondition> terms = [.. Terms.Select(Term)];
        if (RemoteService is not null)
            terms.Add(Conditions.RemoteService(RemoteService));
        if (SpanName is not null)
            terms.Add(Name(SpanName));
        if (MinDurationNs is not null || MaxDurationNs is not null)
            terms.Add(DurationBetween(MinDurationNs ?? 1, MaxDurationNs ?? long.MaxValue));
        if (terms.Count == 0 && Service is not null)
            terms.Add(new SpanCondition.Always());
        return new TraceQuery
        {
            Range = Range,
            RangeTarget = TimeRangeTarget.TraceTime,
            Limit = Limit,
            Where = TraceCondition.All(terms.Select(term => new TraceCondition.AnySpan(Service is null ? term : All(Conditions.Service(Service), term)))),
        };
    }

    private static SpanCondition Term(string term) => term.Split('=', 2) is [var key, var value]
        ? Tag(AttributeScope.Span, key, value)
        : new SpanCondition.Or(EventNamed(term), HasTag(term));
}
