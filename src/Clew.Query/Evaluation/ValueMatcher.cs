using System.Text.RegularExpressions;
using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Decides a <see cref="SpanCondition.Compare"/> on the values its field has, by the rules documented there. Stores that look at each distinct value once
/// use it too, so that there is one comparison. Any number of threads may use one at once.
/// </summary>
internal sealed class ValueMatcher
{
    private readonly Regex? pattern;

    /// <exception cref="QueryException">The regular expression is wrong.</exception>
    public ValueMatcher(SpanCondition.Compare compare)
    {
        Compare = compare;
        if (compare.Operator is ComparisonOperator.Regex or ComparisonOperator.NotRegex)
            pattern = QueryPattern.Compile(compare.Literal.AsString(), compare.IgnoreCase);
    }

    public SpanCondition.Compare Compare { get; }

    /// <summary>Whether the operator asks that no value does what its positive twin asks of one.</summary>
    public bool IsNegative => Compare.Operator is ComparisonOperator.NotEqual or ComparisonOperator.NotRegex;

    /// <param name="values">All values of the field.</param>
    public bool IsMatch(List<AttributeValue> values) => IsNegative ? values.Count > 0 && !values.Exists(IsPositive) : values.Exists(IsPositive);

    /// <summary>Whether one attribute matches, with the items an array counts as.</summary>
    public bool IsMatch(AttributeValue value)
    {
        if (value.Type != AttributeType.Array)
            return IsPositive(value) != IsNegative;
        var values = new List<AttributeValue>();
        AttributeSource.AddWithItems(value, values);
        return IsMatch(values);
    }

    /// <summary>Whether a text matches; a pattern needs no string for it.</summary>
    public bool IsMatch(ReadOnlySpan<char> text) => pattern is null ? IsMatch(AttributeValue.From(text.ToString())) : pattern.IsMatch(text) != IsNegative;

    /// <summary>
    /// Whether a value of this type can do what the operator, or its positive twin, asks of one: typed comparison knows no order between kinds. Stores ask it to
    /// leave out values without looking at them.
    /// </summary>
    public bool CanCompare(AttributeType type)
    {
        AttributeType literal = Compare.Literal.Type;
        return Compare.AsText || pattern is not null || type switch
        {
            // Its items may.
            AttributeType.Array => true,
            AttributeType.Int64 or AttributeType.Double => literal is AttributeType.Int64 or AttributeType.Double,
            AttributeType.Empty or AttributeType.KeyValueList => false,
            _ => literal == type,
        };
    }

    private bool IsPositive(AttributeValue value) => Compare.Operator switch
    {
        ComparisonOperator.Equal or ComparisonOperator.NotEqual => ValueComparer.AreEqual(value, Compare),
        ComparisonOperator.Regex or ComparisonOperator.NotRegex => pattern!.IsMatch(value.ToString()),
        ComparisonOperator.Less => ValueComparer.Order(value, Compare) < 0,
        ComparisonOperator.LessOrEqual => ValueComparer.Order(value, Compare) <= 0,
        ComparisonOperator.Greater => ValueComparer.Order(value, Compare) > 0,
        ComparisonOperator.GreaterOrEqual => ValueComparer.Order(value, Compare) >= 0,
        _ => throw new InvalidOperationException($"Unknown operator {Compare.Operator}."),
    };
}
