using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Conformance;

/// <summary>Short forms of the conditions the Jaeger and Zipkin APIs ask.</summary>
public static class Conditions
{
    public static SpanCondition Service(string name) => Equal(QueryField.Service, name);

    public static SpanCondition RemoteService(string name) => Equal(new QueryField.Intrinsic(IntrinsicField.RemoteServiceName), name);

    public static SpanCondition Name(string name) => Equal(QueryField.Name, name);

    /// <summary>A tag as Jaeger searches it: anywhere on the span, by its text.</summary>
    public static SpanCondition TagAnywhere(string key, string text) => Tag(AttributeScope.Any, key, text);

    public static SpanCondition Tag(AttributeScope scope, string key, string text) =>
        new SpanCondition.Compare(new QueryField.Attribute(scope, key), ComparisonOperator.Equal, AttributeValue.From(text)) { AsText = true };

    public static SpanCondition HasTag(string key) => new SpanCondition.Exists(new QueryField.Attribute(AttributeScope.Span, key));

    public static SpanCondition EventNamed(string name) => Equal(new QueryField.Intrinsic(IntrinsicField.EventName), name);

    /// <summary>Both ends included.</summary>
    public static SpanCondition DurationBetween(long minNs, long maxNs) => All(
        Compare(QueryField.Duration, ComparisonOperator.GreaterOrEqual, AttributeValue.From(minNs)),
        Compare(QueryField.Duration, ComparisonOperator.LessOrEqual, AttributeValue.From(maxNs)));

    public static SpanCondition All(params IEnumerable<SpanCondition> conditions) => SpanCondition.All(conditions);

    public static SpanCondition Compare(QueryField field, ComparisonOperator comparison, AttributeValue literal) =>
        new SpanCondition.Compare(field, comparison, literal);

    /// <summary>Traces with one span that satisfies all conditions, whenever it was.</summary>
    public static TraceQuery AnySpan(params IEnumerable<SpanCondition> conditions) =>
        new() { Where = new TraceCondition.AnySpan(SpanCondition.All(conditions)), Limit = 1000 };

    private static SpanCondition.Compare Equal(QueryField field, string text) =>
        new SpanCondition.Compare(field, ComparisonOperator.Equal, AttributeValue.From(text)) { IgnoreCase = true };
}
