using System.Globalization;
using Clew.Model;

namespace Clew.Query;

/// <summary>Compares a value with the literal of a <see cref="SpanCondition.Compare"/> by the rules documented there.</summary>
internal static class ValueComparer
{
    public static bool AreEqual(AttributeValue value, SpanCondition.Compare compare)
    {
        if (compare.AsText || (value.Type == AttributeType.String && compare.Literal.Type == AttributeType.String))
        {
            StringComparison comparison = compare.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            return string.Equals(value.ToString(), compare.Literal.ToString(), comparison);
        }
        return Order(value, compare.Literal) == 0;
    }

    /// <summary>Negative, zero or positive as the value stands before, with or after the literal; null when they have no order.</summary>
    public static int? Order(AttributeValue value, SpanCondition.Compare compare)
    {
        if (!compare.AsText)
            return Order(value, compare.Literal);
        string left = value.ToString();
        string right = compare.Literal.ToString();
        return TryReadNumber(left, out AttributeValue leftNumber) && TryReadNumber(right, out AttributeValue rightNumber)
            ? Order(leftNumber, rightNumber)
            : CompareByCodePoint(left, right);
    }

    private static int? Order(AttributeValue left, AttributeValue right) => (left.Type, right.Type) switch
    {
        (AttributeType.String, AttributeType.String) => CompareByCodePoint(left.AsString(), right.AsString()),
        (AttributeType.Bool, AttributeType.Bool) => left.AsBool().CompareTo(right.AsBool()),
        (AttributeType.Int64, AttributeType.Int64) => left.AsInt64().CompareTo(right.AsInt64()),
        (AttributeType.Double, AttributeType.Double) => Order(left.AsDouble(), right.AsDouble()),
        (AttributeType.Int64, AttributeType.Double) => Order(left.AsInt64(), right.AsDouble()),
        (AttributeType.Double, AttributeType.Int64) => -Order(right.AsInt64(), left.AsDouble()),
        (AttributeType.Bytes, AttributeType.Bytes) => left.AsBytes().Span.SequenceCompareTo(right.AsBytes().Span),
        _ => null,
    };

    private static int? Order(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? null : left == right ? 0 : left < right ? -1 : 1;

    // Exact: converting the integer to a double would make 2^53 + 1 equal to 2^53.
    private static int? Order(long left, double right)
    {
        const double pastInt64 = 9223372036854775808.0;
        if (double.IsNaN(right))
            return null;
        if (right >= pastInt64)
            return -1;
        if (right < -pastInt64)
            return 1;
        double whole = Math.Truncate(right);
        int order = left.CompareTo((long)whole);
        return order != 0 ? order : whole.CompareTo(right);
    }

    private static bool TryReadNumber(string text, out AttributeValue number)
    {
        const NumberStyles decimalStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            number = AttributeValue.From(whole);
            return true;
        }
        bool isNumber = double.TryParse(text, decimalStyle, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
        number = AttributeValue.From(value);
        return isNumber;
    }

    // The order of UTF-8 bytes, which stores compare. UTF-16 units have the same order but for surrogates: they stand for code points above all others.
    private static int CompareByCodePoint(string left, string right)
    {
        int same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length.CompareTo(right.Length);
        bool leftIsSurrogate = char.IsSurrogate(left[same]);
        bool rightIsSurrogate = char.IsSurrogate(right[same]);
        return leftIsSurrogate == rightIsSurrogate ? left[same].CompareTo(right[same]) : leftIsSurrogate.CompareTo(rightIsSurrogate);
    }
}
