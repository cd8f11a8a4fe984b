using Clew.Model;
using Clew.Query;

namespace Clew.Server.Api.Zipkin;

/// <summary>
/// Zipkin's <c>annotationQuery</c>: terms joined by <c> and </c>. <c>key=value</c> asks for a tag of that value; a <c>key</c> alone (or with
/// nothing after the <c>=</c>) for an annotation of that value or any tag of that key.
/// </summary>
internal static class AnnotationQuery
{
    /// <summary>Terms beyond this number stay part of the last one.</summary>
    public const int TermsMax = 100;

    private const string Separator = " and ";

    /// <summary>
    /// Keys with the values asked for, in the order given; an empty value means any. Of several values for a key the last counts, but a key
    /// alone does not take back a value given before.
    /// </summary>
    public static IReadOnlyList<(string Key, string Value)> Parse(string text)
    {
        var terms = new OrderedDictionary<string, string>();
        if (text.Length == 0)
            return [];
        foreach (string term in text.Split(Separator, TermsMax))
        {
            int equals = term.IndexOf('=');
            if (equals < 0)
                terms.TryAdd(term.Trim(), "");
            else
                terms[term[..equals].Trim()] = term[(equals + 1)..].Trim();
        }
        return [.. terms.Select(static term => (term.Key, term.Value))];
    }

    /// <summary>What a term asks of a span. Tags are what the span shows as such through this API, its resource and status included.</summary>
    public static SpanCondition ConditionOf(string key, string value)
    {
        if (key.Length == 0)
            return new SpanCondition.Not(new SpanCondition.Always());
        var tag = new QueryField.Attribute(AttributeScope.SpanThenResource, key);
        return value.Length == 0
            ? Either(Equal(new QueryField.Intrinsic(IntrinsicField.EventName), key), Either(new SpanCondition.Exists(tag), TagMadeFromField(key, value)))
            : Either(Equal(tag, value), TagMadeFromField(key, value));
    }

    // Spans of other formats show these fields as tags.
    private static SpanCondition? TagMadeFromField(string key, string value) => key switch
    {
        "error" when value.Length == 0 => Equal(Field(IntrinsicField.Status), "error"),
        "error" => new SpanCondition.And(Equal(Field(IntrinsicField.Status), "error"), Equal(Field(IntrinsicField.StatusMessage), value)),
        "otel.status_code" when value.Length == 0 => new SpanCondition.Not(Equal(Field(IntrinsicField.Status), "unset")),
        "otel.status_code" when value is "OK" or "ERROR" => Equal(Field(IntrinsicField.Status), value.ToLowerInvariant()),
        "otel.scope.name" => EqualOrExists(IntrinsicField.ScopeName, value),
        "otel.scope.version" => EqualOrExists(IntrinsicField.ScopeVersion, value),
        _ => null,
    };

    private static SpanCondition EqualOrExists(IntrinsicField field, string value) =>
        value.Length == 0 ? new SpanCondition.Exists(Field(field)) : Equal(Field(field), value);

    private static SpanCondition Either(SpanCondition left, SpanCondition? right) => right is null ? left : new SpanCondition.Or(left, right);

    private static SpanCondition.Compare Equal(QueryField field, string value) =>
        new(field, ComparisonOperator.Equal, AttributeValue.From(value)) { AsText = true };

    private static QueryField.Intrinsic Field(IntrinsicField field) => new(field);
}
