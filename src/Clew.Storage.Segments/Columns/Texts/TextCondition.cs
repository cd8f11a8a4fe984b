using System.Text;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>What a condition means on texts that are kept as UTF-8. It answers as <see cref="ValueMatcher"/> does for the decoded text.</summary>
internal static class TextCondition
{
    // What the decoder puts in place of bytes that are no UTF-8, so a text with it may equal stored bytes that differ from its own.
    private const char Replacement = '\uFFFD';

    /// <summary>The bytes to look for when the condition is equality with a text (or its negation); null when values have to be asked about.</summary>
    public static byte[]? LookUp(SpanCondition.Compare compare)
    {
        if (!IsTextEquality(compare) || compare.IgnoreCase)
            return null;
        byte[] bytes = Encoding.UTF8.GetBytes(compare.Literal.ToString());
        return Encoding.UTF8.GetString(bytes).Contains(Replacement) ? null : bytes;
    }

    /// <summary>What it asks of each text.</summary>
    public static ValueQuestion Question(ValueMatcher matcher) => new(Predicate(matcher), Needle(matcher.Compare));

    private static byte[]? Needle(SpanCondition.Compare compare) =>
        compare is { Operator: ComparisonOperator.Regex, IgnoreCase: false } ? RequiredLiteral.Of(compare.Literal.AsString()) : null;

    private static ValuePredicate Predicate(ValueMatcher matcher)
    {
        SpanCondition.Compare compare = matcher.Compare;
        string literal = compare.Literal.ToString();
        if (!compare.IgnoreCase || !IsTextEquality(compare) || !Ascii.IsValid(literal))
            return value => IsMatch(matcher, value);
        byte[] bytes = Encoding.UTF8.GetBytes(literal);
        bool ifEqual = !matcher.IsNegative;
        // Letters of other alphabets may fold to ASCII ones: only texts of ASCII alone are decided by their bytes.
        return value => Ascii.IsValid(value)
            ? Ascii.EqualsIgnoreCase(value, bytes) == ifEqual
            : IsMatch(matcher, value);
    }

    private static bool IsMatch(ValueMatcher matcher, ReadOnlySpan<byte> value)
    {
        // As UTF-16 a text has at most as many units as bytes.
        const int stackMax = 256;
        Span<char> text = value.Length <= stackMax ? stackalloc char[stackMax] : new char[value.Length];
        return matcher.IsMatch(text[..Encoding.UTF8.GetChars(value, text)]);
    }

    private static bool IsTextEquality(SpanCondition.Compare compare) =>
        compare.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual && (compare.AsText || compare.Literal.Type == AttributeType.String);
}
