using Clew.Model;
using Clew.Query;
using Clew.Server.Web;
using Clew.TestKit;

namespace Clew.Server.Tests.Web;

public sealed class AttributeTermParserTests
{
    [Fact]
    public void Terms_are_divided_by_white_space()
    {
        SpanCondition[] conditions = Parse("customer.tier=gold\n error.type=timeout\t");
        Assert.Equal([Text("customer.tier", ComparisonOperator.Equal, "gold"), Text("error.type", ComparisonOperator.Equal, "timeout")], conditions);
    }

    [Theory]
    [InlineData("a=b", ComparisonOperator.Equal)]
    [InlineData("a!=b", ComparisonOperator.NotEqual)]
    [InlineData("a>b", ComparisonOperator.Greater)]
    [InlineData("a>=b", ComparisonOperator.GreaterOrEqual)]
    [InlineData("a<b", ComparisonOperator.Less)]
    [InlineData("a<=b", ComparisonOperator.LessOrEqual)]
    [InlineData("a=~b", ComparisonOperator.Regex)]
    [InlineData("a!~b", ComparisonOperator.NotRegex)]
    public void Every_comparison_has_its_sign(string text, ComparisonOperator expected) => Assert.Equal([Text("a", expected, "b")], Parse(text));

    [Fact]
    public void A_key_alone_asks_that_it_is_there() =>
        Assert.Equal([new SpanCondition.Exists(new QueryField.Attribute(AttributeScope.Any, "exception.type"))], Parse("exception.type"));

    [Fact]
    public void A_duration_is_compared_as_a_number_of_the_span() => Assert.Equal(
        [new SpanCondition.Compare(QueryField.Duration, ComparisonOperator.Greater, AttributeValue.From(1_000_000_000L))], Parse("span:duration>1s"));

    [Fact]
    public void Error_true_means_the_status_too() => Assert.IsType<SpanCondition.Or>(Assert.Single(Parse("error=true")));

    [Fact]
    public void Values_hold_signs_and_slashes_unquoted() => Assert.Equal([Text("url", ComparisonOperator.Equal, "http://x/?a=b&c>d")], Parse("url=http://x/?a=b&c>d"));

    [Theory]
    [InlineData("a=\"b", SearchProblemKind.OpenQuote, 3)]
    [InlineData("x=1 =b", SearchProblemKind.MissingKey, 5)]
    [InlineData("a=", SearchProblemKind.MissingValue, 3)]
    [InlineData("a=~(", SearchProblemKind.Regex, 4)]
    [InlineData("a=~(?=b)c", SearchProblemKind.Regex, 4)]
    [InlineData("span:duration>5parsecs", SearchProblemKind.Duration, 15)]
    public void What_cannot_be_read_is_refused_with_its_column(string text, SearchProblemKind kind, int column)
    {
        SearchProblem? problem = AttributeTermParser.TryParse(text, out _);
        Assert.NotNull(problem);
        Assert.Equal((kind, column), (problem.Kind, problem.Column));
    }

    [Fact]
    public void Conditions_are_bounded() =>
        Assert.Equal(SearchProblemKind.TooMany, AttributeTermParser.TryParse(string.Join(' ', Enumerable.Repeat("a=b", 65)), out _)?.Kind);

    [Fact]
    public void A_written_term_reads_back_whatever_the_value() => Properties.ForAll(
        SpanGen.Text,
        value => Assert.Equal([Text("key", ComparisonOperator.Equal, value)], Parse(AttributeTermParser.Write("key", "=", value))));

    private static SpanCondition.Compare Text(string key, ComparisonOperator comparison, string value) =>
        new(new QueryField.Attribute(AttributeScope.Any, key), comparison, AttributeValue.From(value)) { AsText = true };

    private static SpanCondition[] Parse(string text)
    {
        Assert.Null(AttributeTermParser.TryParse(text, out List<AttributeTerm> terms));
        return [.. terms.Select(term => term.Condition)];
    }
}
