using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

internal sealed class Int64Values(Int64Column column) : IAttributeValues
{
    public Int64Column Column => column;

    public void Match(ValueMatcher matcher, RowBitmap positions)
    {
        SpanCondition.Compare compare = matcher.Compare;
        if (RangeOf(compare) is not (long low, long high))
        {
            EachValue.Match(this, matcher, positions);
            return;
        }
        column.InRange(low, high, positions);
        if (matcher.IsNegative)
            positions.Not();
    }

    public AttributeValue Get(int position) => AttributeValue.From(column[position]);

    public void WriteTo(ColumnWriter writer) => column.WriteTo(writer);

    private static (long, long)? RangeOf(SpanCondition.Compare compare)
    {
        if (compare.Operator is ComparisonOperator.Regex or ComparisonOperator.NotRegex)
            return null;
        if (!compare.AsText)
            return NumberRange.OfInt64(compare.Operator, compare.Literal);
        // As text an integer equals the one text it is written as, and is ordered as a number beside a text that is an integer.
        if (!TextShape.TryReadDecimal(System.Text.Encoding.UTF8.GetBytes(compare.Literal.ToString()), out long literal))
            return null;
        return NumberRange.OfInt64(compare.Operator, AttributeValue.From(literal));
    }
}

internal sealed class DoubleValues(DoubleColumn column) : IAttributeValues
{
    public DoubleColumn Column => column;

    public void Match(ValueMatcher matcher, RowBitmap positions)
    {
        SpanCondition.Compare compare = matcher.Compare;
        if (compare.AsText || compare.Operator is ComparisonOperator.Regex or ComparisonOperator.NotRegex
            || NumberRange.OfDouble(compare.Operator, compare.Literal) is not (double low, double high))
        {
            EachValue.Match(this, matcher, positions);
            return;
        }
        column.InRange(low, high, positions);
        if (matcher.IsNegative)
            positions.Not();
    }

    public AttributeValue Get(int position) => AttributeValue.From(column[position]);

    public void WriteTo(ColumnWriter writer) => column.WriteTo(writer);
}
