using Clew.Model;
using Clew.Server.Web;

namespace Clew.Server.Tests.Web;

public sealed class SpanFindTests
{
    private static readonly Span Span = Sketch();

    [Theory]
    [InlineData("PAYMENT")]
    [InlineData("charges")]
    [InlineData("http.status")]
    [InlineData("504")]
    [InlineData("http.status_code=504")]
    [InlineData("nothing charges")]
    [InlineData("\"hello world\"")]
    [InlineData("TimeoutException")]
    [InlineData("node-14")]
    public void Any_term_in_any_case_is_found_anywhere(string text) => Assert.True(new SpanFind(text).Matches(Span));

    [Theory]
    [InlineData("nothing")]
    [InlineData("504 -http.status_code", true)]
    [InlineData("http.status_code=505")]
    [InlineData("")]
    public void What_is_not_there_is_not_found(string text, bool besideIgnored = false)
    {
        Assert.False(new SpanFind(text).Matches(Span));
        Assert.Equal(besideIgnored, new SpanFind(text.Replace("-", "", StringComparison.Ordinal)).Matches(Span));
    }

    [Fact]
    public void The_id_is_found_only_whole()
    {
        string id = Span.SpanId.ToString();
        Assert.True(new SpanFind(id.ToUpperInvariant()).Matches(Span));
        Assert.False(new SpanFind(id[..8]).Matches(Span));
    }

    [Fact]
    public void Marks_cover_every_match_and_lose_no_text()
    {
        List<(string Part, bool IsMatch)> parts = [.. MarkedText.Split("PayPay INSERT pays", ["pay", "pays"])];
        Assert.Equal(["Pay", "Pay", "pays"], parts.Where(part => part.IsMatch).Select(part => part.Part));
        Assert.Equal("PayPay INSERT pays", string.Concat(parts.Select(part => part.Part)));
    }

    private static Span Sketch()
    {
        var sketch = new TraceSketch(new TraceId(1, 9), 1_000_000_000);
        sketch.Add("payment", "POST /v1/charges", 0, 5, attributes: [("http.status_code", 504), ("greeting", "hello world")],
            events: [sketch.Event(1, "exception", ("exception.type", "TimeoutException"))]);
        return sketch.Spans[0];
    }
}
