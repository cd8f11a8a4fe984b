using Clew.Model;
using Clew.Query;

namespace Clew.Server.Api.Jaeger;

/// <summary>What every generation of Jaeger's API asks for in a search, whatever it calls the parameters: one span of a trace has to answer all of it.</summary>
internal sealed record JaegerQuestion
{
    public const int LimitDefault = 100;

    /// <summary>Empty: any.</summary>
    public string Service { get; init; } = "";

    /// <summary>Empty: any.</summary>
    public string Operation { get; init; } = "";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>A structured filter; null for none.</summary>
    public SpanCondition? Filter { get; init; }

    /// <summary>Whether anything but times and <see cref="Filter"/> is asked: a filter says all of it in its own way and stands alone.</summary>
    public bool HasPlainConditions => Service.Length + Operation.Length + Tags.Count > 0 || MinDurationNs is > 0 || MaxDurationNs is > 0;

    /// <summary>Of span starts.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>Zero means "no bound" in Jaeger, as null does.</summary>
    public long? MinDurationNs { get; init; }

    /// <inheritdoc cref="MinDurationNs"/>
    public long? MaxDurationNs { get; init; }

    /// <summary>From 1.</summary>
    public int Limit { get; init; } = LimitDefault;

    /// <param name="limitMax">A larger limit is lowered to this.</param>
    public TraceQuery ToQuery(int limitMax)
    {
        IEnumerable<SpanCondition> conditions =
        [
            .. Equal(QueryField.Service, Service),
            .. Equal(QueryField.Name, Operation),
            .. Tags.Select(static tag => JaegerTagCondition.For(tag.Key, tag.Value)),
            .. Bound(ComparisonOperator.GreaterOrEqual, MinDurationNs),
            .. Bound(ComparisonOperator.LessOrEqual, MaxDurationNs),
            .. Filter is null ? (SpanCondition[])[] : [Filter],
        ];
        return new TraceQuery
        {
            Range = Range,
            RangeTarget = TimeRangeTarget.SpanStart,
            Where = new TraceCondition.AnySpan(SpanCondition.All(conditions)),
            Limit = Math.Min(Limit, limitMax),
        };
    }

    private static SpanCondition[] Equal(QueryField field, string value) =>
        value.Length > 0 ? [new SpanCondition.Compare(field, ComparisonOperator.Equal, AttributeValue.From(value))] : [];

    private static SpanCondition[] Bound(ComparisonOperator comparison, long? durationNs) =>
        durationNs is { } bound and not 0 ? [new SpanCondition.Compare(QueryField.Duration, comparison, AttributeValue.From(bound))] : [];
}
