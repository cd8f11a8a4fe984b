using Clew.Formats.Jaeger;
using Clew.Model;
using Clew.Query;

namespace Clew.Server.Api.Jaeger.Filters;

/// <summary>
/// From a structured filter of api_v3 to a condition on one span (Jaeger RFC 0005 §5). A comparison with something that is not there is false, a negated one
/// too: only <c>not</c> turns that round.
/// </summary>
internal static class FilterCondition
{
    /// <exception cref="FormatException">The filter means nothing, or something that is not supported; the message says what.</exception>
    public static SpanCondition Of(JaegerExpression.Call call)
    {
        IReadOnlyList<JaegerExpression> operands = call.Operands;
        switch (call.Operator)
        {
            case "and":
                return Predicates(call).Aggregate(static (left, right) => new SpanCondition.And(left, right));
            case "or":
                return Predicates(call).Aggregate(static (left, right) => new SpanCondition.Or(left, right));
            case "not":
                Expect(call, 1);
                return new SpanCondition.Not(Predicate(operands[0]));
            case "exists":
                Expect(call, 1);
                return Exists(FilterReference.Of(operands[0]));
            case "eq" or "ne" or "gt" or "lt" or "gte" or "lte":
                Expect(call, 2);
                return Comparison(call.Operator, operands[0], operands[1]);
            case "regex":
                Expect(call, 2);
                return Regex(operands[0], operands[1]);
            case "in" or "not_in":
                Expect(call, 2);
                return Membership(operands[0], operands[1], isIn: call.Operator == "in");
            case "some":
                Expect(call, 2);
                return Some(operands[0], operands[1]);
            default:
                throw new FormatException($"there is no operator {GoText.Quote(call.Operator)}; operators are and, or, not, eq, ne, gt, lt, gte, lte, regex, exists, in, not_in, some");
        }
    }

    private static SpanCondition Comparison(string name, JaegerExpression left, JaegerExpression right)
    {
        // A constant on the left asks the same the other way round.
        if (left is JaegerExpression.Scalar && right is not JaegerExpression.Scalar)
        {
            string mirrored = name switch { "gt" => "lt", "lt" => "gt", "gte" => "lte", "lte" => "gte", _ => name };
            return Comparison(mirrored, right, left);
        }
        FilterReference reference = FilterReference.Of(left);
        if (right is not JaegerExpression.Scalar scalar)
            throw new FormatException($"{name} compares with a constant; comparing two references is not supported");
        FilterConstant constant = reference.Constant(scalar);
        ComparisonOperator comparison = name switch
        {
            "gt" => ComparisonOperator.Greater,
            "lt" => ComparisonOperator.Less,
            "gte" => ComparisonOperator.GreaterOrEqual,
            "lte" => ComparisonOperator.LessOrEqual,
            _ => ComparisonOperator.Equal,
        };
        if (comparison != ComparisonOperator.Equal && (!reference.IsOrdered || constant.Value.Type == AttributeType.Bool))
            throw new FormatException($"{name} needs values that have an order");
        SpanCondition holds = Any(reference, comparison, constant);
        return name == "ne" ? OneButNot(reference, holds) : holds;
    }

    private static SpanCondition Regex(JaegerExpression left, JaegerExpression right)
    {
        FilterReference reference = FilterReference.Of(left);
        if (right is not JaegerExpression.Scalar { Type: "" or "string" } scalar)
            throw new FormatException("regex needs a string");
        if (!reference.IsText)
            throw new FormatException("regex is about text only");
        return Any(reference, ComparisonOperator.Regex, new FilterConstant(AttributeValue.From(FilterPattern.WholeText(scalar.Value)), AsText: true));
    }

    private static SpanCondition Membership(JaegerExpression left, JaegerExpression right, bool isIn)
    {
        FilterReference reference = FilterReference.Of(left);
        if (right is not JaegerExpression.List { Values.Count: > 0 } list)
            throw new FormatException("in and not_in need a list with at least one value");
        SpanCondition holds = list.Values
            .Select(value => Any(reference, ComparisonOperator.Equal, reference.Constant(new JaegerExpression.Scalar(value, list.Type))))
            .Aggregate(static (one, other) => new SpanCondition.Or(one, other));
        return isIn ? holds : OneButNot(reference, holds);
    }

    // Conditions are about a span, not about one of its events: only what one comparison can say of an event or link is the same for both.
    private static SpanCondition Some(JaegerExpression collection, JaegerExpression predicate)
    {
        if (collection is not JaegerExpression.Nested { Level: "event" or "link" } nested)
            throw new FormatException("some needs the events or links of a span first");
        if (predicate is not JaegerExpression.Call { Operator: "eq" or "gt" or "lt" or "gte" or "lte" or "regex" or "exists" or "in" } call)
            throw new FormatException("some is supported with one comparison that is not negated");
        foreach (JaegerExpression operand in call.Operands)
        {
            if (operand is not (JaegerExpression.Scalar or JaegerExpression.List) && FilterReference.Of(operand).Level != nested.Level)
                throw new FormatException($"within some of {nested.Level} everything must be of this level");
        }
        return Of(call);
    }

    private static SpanCondition Any(FilterReference reference, ComparisonOperator comparison, FilterConstant constant) => reference.Fields
        .Select(SpanCondition (field) => new SpanCondition.Compare(field, comparison, constant.Value) { AsText = constant.AsText })
        .Aggregate(static (one, other) => new SpanCondition.Or(one, other));

    private static SpanCondition Exists(FilterReference reference) => reference.Fields
        .Select(SpanCondition (field) => new SpanCondition.Exists(field))
        .Aggregate(static (one, other) => new SpanCondition.Or(one, other));

    private static SpanCondition.And OneButNot(FilterReference reference, SpanCondition holds) => new(Exists(reference), new SpanCondition.Not(holds));

    private static IEnumerable<SpanCondition> Predicates(JaegerExpression.Call call) => call.Operands.Count >= 2
        ? call.Operands.Select(Predicate)
        : throw new FormatException($"{call.Operator} needs two operands or more");

    private static SpanCondition Predicate(JaegerExpression expression) =>
        expression is JaegerExpression.Call call ? Of(call) : throw new FormatException("and, or and not are about operators with their operands");

    private static void Expect(JaegerExpression.Call call, int operands)
    {
        if (call.Operands.Count != operands)
            throw new FormatException($"{call.Operator} needs {operands} operand{(operands == 1 ? "" : "s")}, it has {call.Operands.Count}");
    }
}
