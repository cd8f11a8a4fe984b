using Clew.Tracing.Propagation;

namespace Clew.Tracing.Tests.Propagation;

public class W3CTests
{
    private const string Ids = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", SamplingState.Accept, false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", SamplingState.Deny, false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03", SamplingState.Accept, true)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe", SamplingState.Deny, true)]
    [InlineData("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", SamplingState.Accept, false)]
    [InlineData("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-will-be-like", SamplingState.Accept, false)]
    public void A_traceparent_of_this_or_a_later_version_is_read(string text, SamplingState sampling, bool isRandom)
    {
        Assert.True(W3CTraceParent.TryParse(text, out PropagatedSpan span));
        Assert.Equal(new PropagatedSpan(0x0af7651916cd43dd, 0x8448eb211c80319c, 0xb7ad6b7169203331, sampling) { IsRandom = isRandom }, span);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("00-" + Ids)]
    [InlineData("00-" + Ids + "-1")]
    [InlineData("00-" + Ids + "-01-")]
    [InlineData("00-" + Ids + "-01-extra")]
    [InlineData("00-" + Ids + "-01,00-" + Ids + "-01")]
    [InlineData("ff-" + Ids + "-01")]
    [InlineData("0g-" + Ids + "-01")]
    [InlineData("cc-" + Ids + "-01.what")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319.-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319\0-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43-d8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333--01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331--1")]
    [InlineData("-0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-.1")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1g")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\u0011")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\u0161-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319`-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333:-01")]
    public void Anything_else_is_not_a_traceparent(string text) => Assert.False(W3CTraceParent.TryParse(text, out _));

    [Theory]
    [InlineData("rojo=00f067aa0ba902b7")]
    [InlineData("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE")]
    [InlineData("a=1 , \t b=2,,c=3,")]
    [InlineData("fw529a3039@dt=FfffffffffffffffffffffffFfffffffffffffff,1a-_*/@b= x !")]
    public void A_tracestate_by_the_grammar_is_valid(string text) => Assert.True(W3CTraceState.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ,, ")]
    [InlineData("a")]
    [InlineData("=1")]
    [InlineData("a=")]
    [InlineData("A=1")]
    [InlineData("a =1")]
    [InlineData("a=1,a=2")]
    [InlineData("a=1=2")]
    [InlineData("a=é")]
    [InlineData("a=\t1\tx")]
    [InlineData("@a=1")]
    public void Any_other_tracestate_is_dropped_whole(string text) => Assert.False(W3CTraceState.IsValid(text));

    [Fact]
    public void A_tracestate_is_bounded_in_members_and_in_the_length_of_their_parts()
    {
        Assert.True(W3CTraceState.IsValid(Members(32)));
        Assert.False(W3CTraceState.IsValid(Members(33)));
        Assert.True(W3CTraceState.IsValid($"{new string('k', 256)}={new string('v', 256)}"));
        Assert.False(W3CTraceState.IsValid($"{new string('k', 257)}=v"));
        Assert.False(W3CTraceState.IsValid($"k={new string('v', 257)}"));
        Assert.False(W3CTraceState.IsValid(Members(31) + "," + new string(' ', W3CTraceState.MaxLength) + "z=1"));

        static string Members(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"k{i}=v"));
    }

    [Fact]
    public void Baggage_is_read_without_its_properties_and_decoded()
    {
        Assert.Equal(
            [new("userId", "Amélie"), new("serverNode", "DF 28"), new("isProduction", "false"), new("empty", "")],
            W3CBaggage.Parse("userId=Am%C3%A9lie, serverNode = DF%2028 ;secret;k=v,isProduction=false,nonsense,ke y=1,=1,empty="));
    }

    [Fact]
    public void A_repeated_baggage_key_keeps_its_last_value() => Assert.Equal([new("a", "2"), new("b", "1")], W3CBaggage.Parse("a=1,b=1,a=2"));

    [Fact]
    public void Baggage_is_bounded_on_the_way_in_and_out()
    {
        var many = Enumerable.Range(0, 200).Select(i => new KeyValuePair<string, string?>($"key{i}", "v")).ToList();
        var large = Enumerable.Range(0, 20).Select(i => new KeyValuePair<string, string?>($"key{i}", new string('v', 1000))).ToList();

        Assert.Equal(64, W3CBaggage.Parse(string.Join(',', many.Select(item => $"{item.Key}={item.Value}")))!.Count);
        Assert.Equal(64, W3CBaggage.Write(many)!.Split(',').Length);
        Assert.Equal(large.Take(8), W3CBaggage.Parse(string.Join(',', large.Select(item => $"{item.Key}={item.Value}"))));
        Assert.Equal(large.Take(8), W3CBaggage.Parse(W3CBaggage.Write(large)));
    }

    [Fact]
    public void A_baggage_key_that_is_no_token_is_left_out() => Assert.Equal("b=1%2C%3B", W3CBaggage.Write([new("a b", "1"), new("", "1"), new("b", "1,;")]));
}
