using Clew.Model;
using Clew.Query;

namespace Clew.Server.Api.Jaeger;

/// <summary>
/// What a tag of a Jaeger search asks of a span. A tag matches by its text form and wherever Jaeger shows one: attributes of the span, its
/// resource, scope, events and links, and the fields Jaeger shows as tags. An attribute under the special key itself also counts.
/// </summary>
internal static class JaegerTagCondition
{
    private const string ResourcePrefix = "resource.";

    public static SpanCondition For(string key, string value)
    {
        SpanCondition attribute = TextEqual(new QueryField.Attribute(AttributeScope.Any, key), value);
        SpanCondition? special = Special(key, value);
        return special is null ? attribute : new SpanCondition.Or(special, attribute);
    }

    private static SpanCondition? Special(string key, string value) => key switch
    {
        "error" when value is "true" => Intrinsic(IntrinsicField.Status, "error"),
        "error" when value is "false" => new SpanCondition.Not(Intrinsic(IntrinsicField.Status, "error")),
        "span.kind" => Intrinsic(IntrinsicField.Kind, value.ToLowerInvariant()),
        "span.status" or "otel.status_code" => Intrinsic(IntrinsicField.Status, value.ToLowerInvariant()),
        "otel.status_description" => Intrinsic(IntrinsicField.StatusMessage, value),
        "scope.name" or "otel.scope.name" => Intrinsic(IntrinsicField.ScopeName, value),
        "scope.version" or "otel.scope.version" => Intrinsic(IntrinsicField.ScopeVersion, value),
        "event" => Intrinsic(IntrinsicField.EventName, value),
        _ when key.StartsWith(ResourcePrefix, StringComparison.Ordinal) && key.Length > ResourcePrefix.Length =>
            TextEqual(new QueryField.Attribute(AttributeScope.Resource, key[ResourcePrefix.Length..]), value),
        _ => null,
    };

    private static SpanCondition.Compare Intrinsic(IntrinsicField field, string value) => TextEqual(new QueryField.Intrinsic(field), value);

    private static SpanCondition.Compare TextEqual(QueryField field, string value) =>
        new(field, ComparisonOperator.Equal, AttributeValue.From(value)) { AsText = true };
}
