using Clew.Model;
using static Clew.Query.Tests.Evaluation.Evaluate;

namespace Clew.Query.Tests.Evaluation;

public sealed class QueryValidationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(TraceQueryValidator.LimitMax + 1)]
    public void A_limit_out_of_bounds_is_refused_with_the_bounds(int limit)
    {
        var exception = Assert.Throws<QueryException>(() => new TraceMatcher(new TraceQuery { Limit = limit }));
        Assert.Contains($"from 1 to {TraceQueryValidator.LimitMax}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_refused() =>
        Assert.Throws<QueryException>(() => new TraceMatcher(new TraceQuery { Range = new TimeRange(2, 1) }));

    [Theory]
    [InlineData("(", "not valid")]
    [InlineData("a)|(b", "not valid")]
    [InlineData(@"(a)\1", "not supported")]
    [InlineData("(?<=a)b", "not supported")]
    [InlineData("((a{1000}){1000}){1000}", "not supported")]
    public void A_regular_expression_that_cannot_run_in_linear_time_is_refused(string pattern, string reason)
    {
        var exception = Assert.Throws<QueryException>(() => Holds(Compare(QueryField.Name, ComparisonOperator.Regex, AttributeValue.From(pattern)), Span()));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_pattern_is_refused_by_its_length()
    {
        var exception = Assert.Throws<QueryException>(() => QueryPattern.Compile(new string('a', QueryPattern.LengthMax + 1), ignoreCase: false));
        Assert.Contains($"{QueryPattern.LengthMax + 1} characters", exception.Message, StringComparison.Ordinal);
        Assert.Matches(QueryPattern.Compile(new string('a', QueryPattern.LengthMax), ignoreCase: false), new string('a', QueryPattern.LengthMax));
    }

    [Fact]
    public void Literals_nothing_can_be_compared_with_are_refused()
    {
        foreach (AttributeValue literal in (AttributeValue[])[AttributeValue.Empty, AttributeValue.FromArray(), AttributeValue.FromKeyValues(AttributeList.None)])
            Assert.Throws<QueryException>(() => Holds(Compare(QueryField.Name, ComparisonOperator.Equal, literal), Span()));
        Assert.Throws<QueryException>(() => Holds(Compare(QueryField.Name, ComparisonOperator.NotRegex, AttributeValue.From(5L)), Span()));
    }

    [Fact]
    public void Conditions_are_bounded_in_number_and_so_in_depth()
    {
        SpanCondition Chain(int nots)
        {
            SpanCondition condition = new SpanCondition.Always();
            for (int i = 0; i < nots; i++)
                condition = new SpanCondition.Not(condition);
            return condition;
        }

        Assert.True(Holds(Chain(TraceQueryValidator.ConditionsMax - 2), Span()));
        var exception = Assert.Throws<QueryException>(() => Holds(Chain(1_000_000), Span()));
        Assert.Contains($"more than {TraceQueryValidator.ConditionsMax}", exception.Message, StringComparison.Ordinal);
    }
}
