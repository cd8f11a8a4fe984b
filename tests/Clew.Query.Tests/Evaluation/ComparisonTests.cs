using Clew.Model;
using static Clew.Query.Tests.Evaluation.Evaluate;

namespace Clew.Query.Tests.Evaluation;

/// <summary>Each operator on each type, typed and by text.</summary>
public sealed class ComparisonTests
{
    private static readonly AttributeValue absent = AttributeValue.From("(no such attribute)");

    /// <summary>Value, literal, and what = != &lt; &lt;= &gt; &gt;= say, as six characters of T and F.</summary>
    public static TheoryData<object, object, string> Typed => new()
    {
        { "b", "b", "TFFTFT" },
        { "a", "b", "FTTTFF" },
        { "B", "b", "FTTTFF" },
        { "", "a", "FTTTFF" },
        { "ab", "a", "FTFFTT" },
        { "\uFFFD", "😀", "FTTTFF" }, // By code point: UTF-16 units would order them the other way round.
        { "😀", "\uFFFD", "FTFFTT" },
        { 5L, 5L, "TFFTFT" },
        { 4L, 5L, "FTTTFF" },
        { 5L, 5.0, "TFFTFT" },
        { 5L, 5.5, "FTTTFF" },
        { -5L, -5.5, "FTFFTT" },
        { 5.5, 5L, "FTFFTT" },
        { (1L << 53) + 1, (double)(1L << 53), "FTFFTT" },
        { long.MaxValue, 9223372036854775808.0, "FTTTFF" },
        { long.MinValue, -9223372036854775808.0, "TFFTFT" },
        { long.MinValue, -1e300, "FTFFTT" },
        { 0L, double.NaN, "FTFFFF" },
        { double.NaN, double.NaN, "FTFFFF" },
        { -0.0, 0.0, "TFFTFT" },
        { double.PositiveInfinity, 1e308, "FTFFTT" },
        { false, true, "FTTTFF" },
        { true, true, "TFFTFT" },
        { new byte[] { 1, 2 }, new byte[] { 1, 2 }, "TFFTFT" },
        { new byte[] { 1 }, new byte[] { 2 }, "FTTTFF" },
        // Of another kind: neither equal nor in any order.
        { "5", 5L, "FTFFFF" },
        { 5L, "5", "FTFFFF" },
        { 1L, true, "FTFFFF" },
        { "true", true, "FTFFFF" },
        { "AQ==", new byte[] { 1 }, "FTFFFF" },
    };

    public static TheoryData<object, object, string> AsText => new()
    {
        { 200L, "200", "TFFTFT" },
        { "200", 200L, "TFFTFT" },
        { true, "true", "TFFTFT" },
        { 72.5, "72.5", "TFFTFT" },
        { 10.0, "10", "TFFTFT" },
        { "10.0", "10", "FTFTFT" }, // Not the same text, but the same number.
        { "9", "10", "FTTTFF" },
        { "1e3", "999", "FTFFTT" },
        { 9L, 10.5, "FTTTFF" },
        { "9", "1x", "FTFFTT" }, // Not both numbers: by text.
        { " 9", "10", "FTTTFF" },
        { "NaN", "1", "FTFFTT" },
        { "abc", "abd", "FTTTFF" },
        { new byte[] { 1 }, "AQ==", "TFFTFT" },
    };

    [Theory]
    [MemberData(nameof(Typed))]
    public void Values_compare_by_type(object value, object literal, string expected) =>
        Assert.Equal(expected, Results(Span(1, A("k", Value(value))), Value(literal), asText: false));

    [Theory]
    [MemberData(nameof(AsText))]
    public void Values_compare_by_text(object value, object literal, string expected) =>
        Assert.Equal(expected, Results(Span(1, A("k", Value(value))), Value(literal), asText: true));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_holds_for_an_absent_attribute_not_even_unequal(bool asText) =>
        Assert.Equal("FFFFFF", Results(Span(1), absent, asText));

    [Theory]
    [InlineData("GET", "GET|POST", false, true)]
    [InlineData("GET /x", "GET", false, false)]
    [InlineData("a GET", "GET", false, false)]
    [InlineData("ab", "a|ab", false, true)]
    [InlineData("get", "GET", false, false)]
    [InlineData("get", "GET", true, true)]
    [InlineData("line\n", "line", false, false)]
    [InlineData("", "", false, true)]
    public void Regular_expressions_match_the_whole_text(string value, string pattern, bool ignoreCase, bool expected)
    {
        Span span = Span(1, A("k", value));
        SpanCondition.Compare regex = Compare(Attribute("k"), ComparisonOperator.Regex, AttributeValue.From(pattern)) with { IgnoreCase = ignoreCase };
        Assert.Equal(expected, Holds(regex, span));
        Assert.Equal(!expected, Holds(regex with { Operator = ComparisonOperator.NotRegex }, span));
        Assert.False(Holds(regex with { Operator = ComparisonOperator.NotRegex }, Span(1)));
    }

    [Fact]
    public void Regular_expressions_see_the_text_form_of_other_types()
    {
        Assert.True(Holds(Compare(Attribute("k"), ComparisonOperator.Regex, AttributeValue.From("5..")), Span(1, A("k", AttributeValue.From(503L)))));
        Assert.True(Holds(Compare(Attribute("k"), ComparisonOperator.Regex, AttributeValue.From("t.*")), Span(1, A("k", AttributeValue.From(true)))));
    }

    [Theory]
    [InlineData(ComparisonOperator.Equal, true)]
    [InlineData(ComparisonOperator.NotEqual, false)]
    [InlineData(ComparisonOperator.Less, true)] // Ordering stays by case: "FRONTEND" stands before "frontend".
    public void Ignoring_case_is_for_equality(ComparisonOperator comparison, bool expected)
    {
        SpanCondition.Compare compare = Compare(Attribute("k"), comparison, AttributeValue.From("frontend")) with { IgnoreCase = true };
        Assert.Equal(expected, Holds(compare, Span(1, A("k", "FRONTEND"))));
        Assert.Equal(expected, Holds(compare with { AsText = true }, Span(1, A("k", "FRONTEND"))));
    }

    private static string Results(Span span, AttributeValue literal, bool asText)
    {
        ComparisonOperator[] operators =
        [
            ComparisonOperator.Equal, ComparisonOperator.NotEqual, ComparisonOperator.Less,
            ComparisonOperator.LessOrEqual, ComparisonOperator.Greater, ComparisonOperator.GreaterOrEqual,
        ];
        return string.Concat(operators.Select(each => Holds(Compare(Attribute("k"), each, literal) with { AsText = asText }, span) ? 'T' : 'F'));
    }

    private static AttributeValue Value(object value) => value switch
    {
        string text => AttributeValue.From(text),
        long number => AttributeValue.From(number),
        double number => AttributeValue.From(number),
        bool flag => AttributeValue.From(flag),
        byte[] bytes => AttributeValue.From(bytes.AsMemory()),
        AttributeValue ready => ready,
        _ => throw new ArgumentException($"{value.GetType()} is no attribute type.", nameof(value)),
    };
}
