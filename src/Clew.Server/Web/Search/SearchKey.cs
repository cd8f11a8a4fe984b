using System.Diagnostics.CodeAnalysis;
using Clew.Model;
using Clew.Query;

namespace Clew.Server.Web;

/// <summary>
/// Keys of the attributes box. Most name an attribute anywhere on the span; a few name fixed fields, by TraceQL's words, and <c>error</c> means
/// the status, as in Jaeger.
/// </summary>
internal static class SearchKey
{
    private static readonly Dictionary<string, IntrinsicField> Fixed = new(StringComparer.Ordinal)
    {
        ["span:name"] = IntrinsicField.Name,
        ["span:kind"] = IntrinsicField.Kind,
        ["span:status"] = IntrinsicField.Status,
        ["span:statusMessage"] = IntrinsicField.StatusMessage,
        ["span:duration"] = IntrinsicField.DurationNs,
        ["span:id"] = IntrinsicField.SpanId,
        ["event:name"] = IntrinsicField.EventName,
        ["instrumentation:name"] = IntrinsicField.ScopeName,
        ["trace:rootName"] = IntrinsicField.RootName,
        ["trace:rootService"] = IntrinsicField.RootServiceName,
    };

    /// <summary>The fixed keys, for help.</summary>
    public static IEnumerable<string> FixedKeys => Fixed.Keys;

    public static QueryField Of(string key) => Fixed.TryGetValue(key, out IntrinsicField field)
        ? new QueryField.Intrinsic(field)
        : new QueryField.Attribute(AttributeScope.Any, key);

    /// <summary>False when the key wants a duration and the value is none.</summary>
    public static bool TryCompare(string key, ComparisonOperator comparison, string value, [NotNullWhen(true)] out SpanCondition? condition)
    {
        condition = null;
        QueryField field = Of(key);
        if (field is QueryField.Intrinsic { Field: IntrinsicField.DurationNs })
        {
            if (!DurationText.TryParse(value, out long ns))
                return false;
            condition = new SpanCondition.Compare(field, comparison, AttributeValue.From(ns));
            return true;
        }

        condition = new SpanCondition.Compare(field, comparison, AttributeValue.From(value)) { AsText = true };
        if (key == "error" && comparison == ComparisonOperator.Equal && value is "true" or "false")
            condition = Error(condition, value == "true");
        return true;
    }

    /// <summary>Spans failed by status, or by the attribute older clients set.</summary>
    private static SpanCondition.Or Error(SpanCondition attribute, bool failed)
    {
        var status = new SpanCondition.Compare(new QueryField.Intrinsic(IntrinsicField.Status), ComparisonOperator.Equal, AttributeValue.From("error"));
        return failed ? new SpanCondition.Or(status, attribute) : new SpanCondition.Or(new SpanCondition.Not(status), attribute);
    }
}
