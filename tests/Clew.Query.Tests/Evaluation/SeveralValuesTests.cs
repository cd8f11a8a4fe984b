using Clew.Model;
using static Clew.Query.Tests.Evaluation.Evaluate;

namespace Clew.Query.Tests.Evaluation;

/// <summary>Fields with several values: positive operators ask for any, negative ones for none.</summary>
public sealed class SeveralValuesTests
{
    private static readonly AttributeValue array = AttributeValue.FromArray(
        AttributeValue.From("a"), AttributeValue.From(2L), AttributeValue.FromArray(AttributeValue.From("deep")));

    [Theory]
    [InlineData(ComparisonOperator.Equal, "a", true)]
    [InlineData(ComparisonOperator.Equal, "deep", true)]
    [InlineData(ComparisonOperator.Equal, "b", false)]
    [InlineData(ComparisonOperator.NotEqual, "a", false)]
    [InlineData(ComparisonOperator.NotEqual, "b", true)]
    [InlineData(ComparisonOperator.Regex, "de.*", true)]
    [InlineData(ComparisonOperator.NotRegex, "de.*", false)]
    [InlineData(ComparisonOperator.NotRegex, "x.*", true)]
    [InlineData(ComparisonOperator.Greater, "c", true)]
    [InlineData(ComparisonOperator.Less, "a", false)]
    public void An_array_stands_for_its_items(ComparisonOperator comparison, string literal, bool expected) =>
        Assert.Equal(expected, Holds(Compare(Attribute("k"), comparison, AttributeValue.From(literal)), Span(1, A("k", array))));

    [Fact]
    public void An_array_is_also_found_by_its_own_text() =>
        Assert.True(Holds(Compare(Attribute("k"), ComparisonOperator.Equal, AttributeValue.From("""["a",2,["deep"]]""")) with { AsText = true }, Span(1, A("k", array))));

    [Fact]
    public void An_empty_array_is_a_value_that_equals_nothing_but_its_text()
    {
        Span span = Span(1, A("k", AttributeValue.FromArray()));
        Assert.True(Holds(new SpanCondition.Exists(Attribute("k")), span));
        Assert.False(Holds(Is(Attribute("k"), "a"), span));
        Assert.True(Holds(Compare(Attribute("k"), ComparisonOperator.NotEqual, AttributeValue.From("a")), span));
    }

    [Fact]
    public void A_repeated_key_has_every_value()
    {
        Span span = Span(1, A("k", "one"), A("k", "two"));
        Assert.True(Holds(Is(Attribute("k"), "one"), span));
        Assert.True(Holds(Is(Attribute("k"), "two"), span));
        Assert.False(Holds(Compare(Attribute("k"), ComparisonOperator.NotEqual, AttributeValue.From("two")), span));
    }

    [Fact]
    public void Unequal_and_not_equal_differ_where_there_is_no_value()
    {
        SpanCondition equal = Is(Attribute("k"), "x");
        SpanCondition unequal = Compare(Attribute("k"), ComparisonOperator.NotEqual, AttributeValue.From("x"));
        Assert.False(Holds(unequal, Span(1)));
        Assert.True(Holds(new SpanCondition.Not(equal), Span(1)));
        Assert.True(Holds(unequal, Span(1, A("k", "y"))));
        Assert.False(Holds(new SpanCondition.Not(equal), Span(1, A("k", "x"))));
    }

    [Fact]
    public void A_key_value_list_is_compared_by_its_text_only()
    {
        Span span = Span(1, A("k", AttributeValue.FromKeyValues(new AttributeList(A("a", "b")))));
        SpanCondition.Compare json = Compare(Attribute("k"), ComparisonOperator.Equal, AttributeValue.From("""{"a":"b"}"""));
        Assert.False(Holds(json, span));
        Assert.True(Holds(json with { AsText = true }, span));
        Assert.True(Holds(new SpanCondition.Exists(Attribute("k")), span));
    }
}
