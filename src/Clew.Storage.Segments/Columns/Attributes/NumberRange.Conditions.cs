using System.Globalization;
using System.Text;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

internal static partial class NumberRange
{
    /// <summary>The integers a whole condition holds for (its positive twin, where it asks for none); null when only asking about each can tell.</summary>
    public static (long Low, long High)? OfInt64(SpanCondition.Compare compare)
    {
        if (IsPattern(compare))
            return null;
        if (!compare.AsText)
            return OfInt64(compare.Operator, compare.Literal);
        // As text an integer equals the one text it is written as, and is ordered as a number beside a text that is an integer.
        if (TextShape.TryReadDecimal(Encoding.UTF8.GetBytes(compare.Literal.ToString()), out long literal))
            return OfInt64(compare.Operator, AttributeValue.From(literal));
        return IsEquality(compare) ? NoInt64 : null;
    }

    /// <summary>The same for doubles.</summary>
    public static (double Low, double High)? OfDouble(SpanCondition.Compare compare)
    {
        if (IsPattern(compare))
            return null;
        if (!compare.AsText)
            return OfDouble(compare.Operator, compare.Literal);
        if (!IsEquality(compare))
            return null;
        // The text a double is written as reads back as the same double, so no other is written so; zero has two forms, and case matters for words and exponents.
        string text = compare.Literal.ToString();
        if (text.AsSpan().ContainsAnyInRange('A', 'z') || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double literal) || literal == 0 || !double.IsFinite(literal))
            return null;
        return AttributeValue.From(literal).ToString() == text ? (literal, literal) : NoDouble;
    }

    private static bool IsPattern(SpanCondition.Compare compare) => compare.Operator is ComparisonOperator.Regex or ComparisonOperator.NotRegex;

    private static bool IsEquality(SpanCondition.Compare compare) => compare.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
}
