using Clew.Model;

namespace Clew.Query.Tests.Evaluation;

/// <summary>Short forms for testing conditions on one span or one trace.</summary>
internal static class Evaluate
{
    public const long BaseNs = 1_795_000_000_000_000_000;

    public static Span Span(ulong id = 1, params KeyValue[] attributes) => new()
    {
        TraceId = new TraceId(1, 1),
        SpanId = new SpanId(id),
        StartNs = BaseNs,
        Attributes = new AttributeList(attributes),
    };

    public static KeyValue A(string key, AttributeValue value) => new(key, value);

    public static KeyValue A(string key, string value) => new(key, AttributeValue.From(value));

    public static QueryField Attribute(string key, AttributeScope scope = AttributeScope.Any) => new QueryField.Attribute(scope, key);

    public static QueryField Intrinsic(IntrinsicField field) => new QueryField.Intrinsic(field);

    public static SpanCondition.Compare Compare(QueryField field, ComparisonOperator comparison, AttributeValue literal) => new(field, comparison, literal);

    public static SpanCondition Is(QueryField field, string text) => Compare(field, ComparisonOperator.Equal, AttributeValue.From(text));

    public static bool Holds(SpanCondition condition, Span span, params Span[] others) =>
        new SpanMatcher(condition).IsMatch(span, new Trace(span.TraceId, [span, .. others]));

    public static bool Holds(TraceCondition condition, params Span[] spans) => Matches(new TraceQuery { Where = condition }, spans);

    public static bool Matches(TraceQuery query, params Span[] spans) =>
        new TraceMatcher(query).IsMatch(new Trace(spans[0].TraceId, spans));
}
