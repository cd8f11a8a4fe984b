using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments.Search;

/// <summary>What a comparison asks of one value, prepared for values of every kind; of a negative operator, what its positive twin asks. Immutable.</summary>
internal sealed class ValueTest
{
    private readonly ValueQuestion text;

    /// <exception cref="QueryException">The regular expression is wrong.</exception>
    public ValueTest(SpanCondition.Compare compare)
    {
        ComparisonOperator positive = compare.Operator switch
        {
            ComparisonOperator.NotEqual => ComparisonOperator.Equal,
            ComparisonOperator.NotRegex => ComparisonOperator.Regex,
            _ => compare.Operator,
        };
        Matcher = new ValueMatcher(compare with { Operator = positive });
        Literal = TextCondition.LookUp(Compare);
        text = TextCondition.Question(Matcher);
    }

    public ValueMatcher Matcher { get; }

    public SpanCondition.Compare Compare => Matcher.Compare;

    /// <summary>The bytes a text must have to pass; null when they do not say it alone.</summary>
    public byte[]? Literal { get; }

    /// <summary><see cref="ValueQuestion.Needle"/> of texts.</summary>
    public byte[]? Needle => text.Needle;

    /// <summary>Whether any text can pass.</summary>
    public bool TakesTexts => Matcher.CanCompare(AttributeType.String);

    public static bool AsksForNone(SpanCondition.Compare compare) => compare.Operator is ComparisonOperator.NotEqual or ComparisonOperator.NotRegex;

    public bool Passes(AttributeValue value) => Matcher.IsMatch(value);

    public bool Passes(List<AttributeValue> values) => Matcher.IsMatch(values);

    /// <summary>Whether a text, as UTF-8, passes.</summary>
    public bool PassesText(ReadOnlySpan<byte> utf8) => Literal is null ? text.Passes(utf8) : utf8.SequenceEqual(Literal);
}
