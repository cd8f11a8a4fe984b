using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Clew.Server.Tests.Web;

public sealed class SearchPageTests(WebShopServer shop) : IClassFixture<WebShopServer>
{
    [Fact]
    public async Task The_start_leads_to_search_once_there_are_spans()
    {
        using HttpResponseMessage response = await shop.Pages.SendAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("./search", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Results_show_what_the_mock_shows()
    {
        IHtmlDocument page = await shop.Pages.GetAsync("/search");
        Assert.Equal("120 traces", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(50, page.QuerySelectorAll(".reslist tbody tr").Length);
        Assert.Equal(120, page.QuerySelectorAll(".search-plot .pt").Length);
        Assert.Contains("100%", page.QuerySelectorAll(".reslist .fillr").Select(bar => bar.GetAttribute("width")));
        Assert.NotNull(page.QuerySelector($".reslist a[href='./trace/{WebShop.CheckoutId.ToShortString()}']"));
        Assert.Equal(12, page.QuerySelectorAll("#services option").Length);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap()
    {
        var seen = new List<string>();
        string? address = "/search?limit=50";
        for (; address is not null; address = Next(await shop.Pages.GetAsync(address)))
            Assert.InRange(seen.Count, 0, 119);
        Assert.Equal(120, seen.Distinct().Count());
        Assert.Equal(120, seen.Count);

        string? Next(IHtmlDocument page)
        {
            seen.AddRange(page.QuerySelectorAll(".reslist .l1 a").Select(link => link.GetAttribute("href")!));
            return page.QuerySelector("a[rel=next]")?.GetAttribute("href") is { } href ? "/" + href[2..] : null;
        }
    }

    [Fact]
    public async Task Conditions_narrow_the_list()
    {
        IHtmlDocument failed = await shop.Pages.GetAsync("/search?service=payment&status=error&limit=500");
        Assert.All(failed.QuerySelectorAll(".reslist .errors"), cell => Assert.NotNull(cell.QuerySelector(".em")));
        Assert.All(failed.QuerySelectorAll(".reslist tbody tr"), row => Assert.Contains("payment", row.TextContent, StringComparison.Ordinal));
        IHtmlDocument express = await shop.Pages.GetAsync("/search?service=storefront&operation=POST%20%2Fcheckout%2Fexpress&limit=500");
        Assert.All(express.QuerySelectorAll(".reslist .l1 a"), link => Assert.Equal("POST /checkout/express", link.TextContent));
        Assert.Contains("session.load", express.QuerySelectorAll("#operations option").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public async Task The_form_keeps_what_was_typed()
    {
        IHtmlDocument page = await shop.Pages.GetAsync("/search?service=cart&operation=x&status=error&attrs=a%3D%22b%20c%22&min=1ms&max=2h&limit=20&last=6h");
        Assert.Equal("cart", Value("service"));
        Assert.Equal("a=\"b c\"", Value("attrs"));
        Assert.Equal(("1ms", "2h", "6h"), (Value("min"), Value("max"), Value("last")));
        Assert.Equal("error", page.QuerySelector("[name=status][checked]")!.GetAttribute("value"));
        Assert.Equal("20", page.QuerySelector("[name=limit] [selected]")!.GetAttribute("value"));

        string? Value(string name) => page.QuerySelector($"[name={name}]")!.GetAttribute("value");
    }

    [Fact]
    public async Task Nothing_found_says_what_to_drop()
    {
        IHtmlDocument page = await shop.Pages.GetAsync("/search?service=payment&attrs=payment.provider%3Dnobody");
        Assert.Equal("0 traces", page.QuerySelector("h1")!.TextContent);
        IElement hint = Assert.Single(page.QuerySelectorAll(".results .link"), link => link.ParentElement!.TextContent.Contains("payment.provider=nobody", StringComparison.Ordinal));
        IHtmlDocument dropped = await shop.Pages.GetAsync("/" + hint.GetAttribute("href")![2..]);
        Assert.NotEmpty(dropped.QuerySelectorAll(".reslist tbody tr"));
    }

    [Theory]
    [InlineData("?last=soon")]
    [InlineData("?min=5&max=x")]
    [InlineData("?attrs=%22")]
    [InlineData("?attrs=a%3D~%28")]
    [InlineData("?limit=-1&after=x&status=%00")]
    [InlineData("?from=9999999999999999999999&to=x")]
    [InlineData("?tags=nonsense")]
    public async Task Wrong_parameters_are_told_in_place(string query)
    {
        IHtmlDocument page = await shop.Pages.GetAsync("/search" + query, HttpStatusCode.BadRequest);
        Assert.NotEmpty(page.QuerySelectorAll("[role=alert] li"));
        Assert.Empty(page.QuerySelectorAll(".reslist"));
    }

    [Fact]
    public async Task Operations_alone_are_sent_for_the_list()
    {
        using HttpResponseMessage response = await shop.Pages.SendAsync("/search/operations?service=fraud");
        Assert.Contains("model.predict", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/search?lang=zh", "", "zh-CN")]
    [InlineData("/search", "zh-TW,zh;q=0.9,en;q=0.8", "zh-CN")]
    [InlineData("/search", "fr,en;q=0.5", "en")]
    [InlineData("/search", "*", "en")]
    [InlineData("/search?lang=xx", "zh", "zh-CN")]
    public async Task The_language_is_asked_for_in_three_ways(string address, string acceptLanguage, string expected)
    {
        IHtmlDocument page = await shop.Pages.GetAsync(address, HttpStatusCode.OK, ("Accept-Language", acceptLanguage));
        Assert.Equal(expected, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(expected == "en" ? "Search" : "查询", page.QuerySelector(".nav a")!.TextContent);
    }

    [Fact]
    public async Task Language_and_theme_are_kept_in_cookies()
    {
        using HttpResponseMessage chosen = await shop.Pages.SendAsync("/search?lang=zh");
        Assert.StartsWith("clew-lang=zh-CN", Assert.Single(chosen.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        IHtmlDocument kept = await shop.Pages.GetAsync("/search", HttpStatusCode.OK, ("Cookie", "clew-lang=zh-CN; clew-theme=dark"));
        Assert.Equal(("zh-CN", "dark"), (kept.DocumentElement.GetAttribute("lang"), kept.DocumentElement.GetAttribute("data-theme")));
        IHtmlDocument other = await shop.Pages.GetAsync("/search", HttpStatusCode.OK, ("Cookie", "clew-theme=\"><script>"));
        Assert.False(other.DocumentElement.HasAttribute("data-theme"));
    }
}
