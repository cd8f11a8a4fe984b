using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance;

namespace Clew.Storage.Segments.Tests;

/// <summary>Short forms for cases about one thing.</summary>
internal static class SearchSpans
{
    public static Span Of(ulong id, params (string Key, AttributeValue Value)[] attributes) =>
        TestSpan.Of(new TraceId(1, id), id) with { Attributes = List(attributes) };

    public static AttributeList List(params (string Key, AttributeValue Value)[] attributes) =>
        new([.. attributes.Select(item => new KeyValue(item.Key, item.Value))]);

    public static QueryField.Attribute Attribute(AttributeScope scope, string key) => new(scope, key);

    public static SpanCondition Equal(QueryField field, string text) => new SpanCondition.Compare(field, ComparisonOperator.Equal, AttributeValue.From(text));
}
