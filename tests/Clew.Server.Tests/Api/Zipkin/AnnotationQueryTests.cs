using Clew.Server.Api.Zipkin;

namespace Clew.Server.Tests.Api.Zipkin;

public sealed class AnnotationQueryTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("foo", "foo:")]
    [InlineData("foo and bar", "foo:|bar:")]
    [InlineData("foo and bar and baz=qux", "foo:|bar:|baz:qux")]
    [InlineData(" foo  and  bar = qux ", "foo:|bar:qux")]
    [InlineData("foo=", "foo:")]
    [InlineData("a=b=c", "a:b=c")]
    [InlineData("a=1 and a=2", "a:2")]
    [InlineData("a=1 and a", "a:1")]
    [InlineData("a and a=1", "a:1")]
    [InlineData("a=1 and a=", "a:")]
    [InlineData("http.method=GET and error", "http.method:GET|error:")]
    [InlineData("brand=x AND y", "brand:x AND y")]
    [InlineData("sand and land", "sand:|land:")]
    [InlineData(" and foo", ":|foo:")]
    [InlineData("  ", ":")]
    [InlineData("=v", ":v")]
    public void Terms_are_split_at_and_and_the_first_equals_sign(string query, string terms) =>
        Assert.Equal(terms, string.Join('|', AnnotationQuery.Parse(query).Select(term => $"{term.Key}:{term.Value}")));

    [Fact]
    public void Terms_beyond_the_hundredth_stay_part_of_it()
    {
        IReadOnlyList<(string Key, string Value)> terms = AnnotationQuery.Parse(string.Join(" and ", Enumerable.Range(0, 102).Select(i => $"k{i}")));

        Assert.Equal(100, terms.Count);
        Assert.Equal("k99 and k100 and k101", terms[^1].Key);
    }
}
