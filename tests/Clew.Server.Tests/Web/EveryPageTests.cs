using System.Net;
using AngleSharp.Html.Dom;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Web;

public sealed class EveryPageTests(WebShopServer shop) : IClassFixture<WebShopServer>
{
    [Theory]
    [InlineData("/search?limit=20")]
    [InlineData("/search?attrs=%22&lang=zh")]
    [InlineData("/search?service=nobody")]
    [InlineData("/trace/4bf92f3577b34da6?find=payment&at=4&level=3")]
    [InlineData("/trace/nothing")]
    [InlineData("/intake")]
    [InlineData("/help")]
    [InlineData("/help?lang=zh")]
    public async Task Every_link_leads_somewhere(string address)
    {
        using HttpResponseMessage first = await shop.Pages.SendAsync(address);
        IHtmlDocument page = await shop.Pages.GetAsync(address, first.StatusCode);
        var here = new Uri(new Uri("http://host/"), address);
        Uri[] links =
        [
            .. page.QuerySelectorAll("[href]:not(use), [src], form[action]")
                .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action")!)
                .Select(link => new Uri(here, link)).DistinctBy(link => link.PathAndQuery),
        ];
        Assert.NotEmpty(links);
        foreach (Uri link in links)
        {
            // The form of the jump box is never sent empty; a link of the sample points to a trace that was never sent.
            if (link.PathAndQuery == "/trace" || link.PathAndQuery.StartsWith("/trace/9d1c77e0", StringComparison.Ordinal) || link == here)
                continue;
            using HttpResponseMessage response = await shop.Pages.SendAsync(link.PathAndQuery);
            Assert.True((int)response.StatusCode < 400 || link.AbsolutePath == here.AbsolutePath, $"{link.PathAndQuery}: {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/no/such/page")]
    [InlineData("/dependencies")]
    [InlineData("/search/x")]
    public async Task An_unknown_address_has_a_page_too(string address) => await shop.Pages.GetAsync(address, HttpStatusCode.NotFound);

    [Fact]
    public async Task Links_stay_under_a_path_prefix()
    {
        foreach (string address in (string[])["/search", "/trace/4bf92f3577b34da6", "/trace/4bf92f3577b34da6/", "/intake", "/help"])
        {
            IHtmlDocument page = await shop.Pages.GetAsync(address);
            Assert.All(page.QuerySelectorAll("[href]:not(use), [src], form[action]"), element =>
            {
                string link = element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action")!;
                Assert.StartsWith("/prefix/", new Uri(new Uri("http://host/prefix" + address), link).AbsolutePath, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public async Task Assets_are_cached_by_their_version()
    {
        IHtmlDocument page = await shop.Pages.GetAsync("/search");
        string style = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using HttpResponseMessage versioned = await shop.Pages.SendAsync("/" + style[2..]);
        Assert.Contains("immutable", versioned.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/css; charset=utf-8", versioned.Content.Headers.ContentType!.ToString());
        using HttpResponseMessage plain = await shop.Pages.SendAsync("/assets/clew.css");
        Assert.True(plain.Headers.CacheControl!.NoCache);
        using HttpResponseMessage again = await shop.Pages.SendAsync("/assets/clew.css", ("If-None-Match", plain.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using HttpResponseMessage missing = await shop.Pages.SendAsync("/assets/../Program.cs");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task An_empty_store_shows_how_to_send_a_first_trace_to_the_ports_in_force()
    {
        await using TestServer server = await TestServer.StartAsync(new MemoryStore());
        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        IHtmlDocument page = await pages.GetAsync("/");
        Assert.Contains(server.EndPoint(ListenerRole.OtlpGrpc).Port.ToString(), page.QuerySelector(".ports")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{server.EndPoint(ListenerRole.OtlpHttp).Port}/v1/traces", page.QuerySelector("#curl")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(6, page.QuerySelectorAll(".how").Length);
        Assert.Equal(page.QuerySelectorAll(".start-tabs a").Select(tab => tab.GetAttribute("href")), page.QuerySelectorAll(".how").Select(how => "#" + how.Id));
        await pages.GetAsync("/search");
        await pages.GetAsync("/?lang=zh");
    }

    [Fact]
    public async Task A_listener_that_is_off_is_not_recommended()
    {
        await using TestServer server = await TestServer.StartAsync(new MemoryStore(), options => options with { Listen = options.Listen with { OtlpGrpc = null } });
        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        IHtmlDocument page = await pages.GetAsync("/");
        Assert.Equal(["java", "js", "curl"], page.QuerySelectorAll(".how").Select(how => how.Id));
    }

    [Fact]
    public async Task Hostile_text_stays_text()
    {
        const string evil = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>|\u0001\0${7*7}";
        await using var store = new MemoryStore();
        var sketch = new TraceSketch(new TraceId(0, 0xbad), (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100 - 1_000_000_000);
        SpanId root = sketch.Add(evil, evil, 0, 10, default, SpanKind.Server, evil, [(evil, evil), ("http.status_code", evil), ("json", """{"<b>":"</script>"}""")], [sketch.Event(1, evil, (evil, evil)), sketch.Event(2, "exception", ("exception.type", evil), ("exception.stacktrace", evil))]);
        sketch.Add(evil + "2", evil, 1, 5, root, SpanKind.Client, attributes: [("peer.service", evil)]);
        await sketch.StoreAsync(store);
        await using TestServer server = await TestServer.StartAsync(store);
        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        string quoted = Uri.EscapeDataString(evil.Replace("\0", "", StringComparison.Ordinal));
        foreach (string address in (string[])
        [
            "/search", $"/trace/bad?span={root}", $"/trace/bad?find={quoted}&fold={quoted}&open={quoted}&span={quoted}", $"/search?service={quoted}&operation={quoted}&last=2h&lang={quoted}",
        ])
        {
            IHtmlDocument page = await pages.GetAsync(address);
            Assert.Empty(page.QuerySelectorAll("img, main script"));
        }
        foreach (string address in (string[])[$"/search?attrs=%22{quoted}", $"/search?min={quoted}&max={quoted}&limit={quoted}&after={quoted}&status={quoted}", $"/search?from={quoted}"])
            Assert.Empty((await pages.GetAsync(address, HttpStatusCode.BadRequest)).QuerySelectorAll("img, main script"));
        Assert.Empty((await pages.GetAsync($"/trace?id={quoted}", HttpStatusCode.NotFound)).QuerySelectorAll("img, main script"));
    }

    [Fact]
    public async Task A_trace_of_ten_thousand_spans_comes_in_parts()
    {
        await using var store = new MemoryStore();
        var sketch = new TraceSketch(new TraceId(0, 0x10000), 1_795_179_900_000_000_000);
        SpanId root = sketch.Add("s", "root", 0, 20_000);
        for (int i = 1; i < 10_000; i++)
            sketch.Add("s" + i % 20, "child " + i, i, 1, root, error: i == 9_000 ? "failed" : null);
        await sketch.StoreAsync(store);
        await using TestServer server = await TestServer.StartAsync(store);
        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        IHtmlDocument page = await pages.GetAsync("/trace/10000");
        Assert.Equal("10000", page.QuerySelector("[role=treegrid]")!.GetAttribute("aria-rowcount"));
        Assert.Equal(500, page.QuerySelectorAll(".row").Length);
        IHtmlDocument next = await pages.GetAsync("/trace/10000" + page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal("501", next.QuerySelector(".row")!.GetAttribute("aria-rowindex"));
        IHtmlDocument found = await pages.GetAsync("/trace/10000?find=%22child%209000%22&at=1");
        Assert.Single(found.QuerySelectorAll(".row.cur"));
    }

    [Fact]
    public async Task A_store_that_cannot_answer_is_told_on_the_page()
    {
        var store = new FakeStore { OnUse = () => throw new StoreUnavailableException("The disk is <full>.") };
        await using TestServer server = await TestServer.StartAsync(store);
        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        foreach (string address in (string[])["/search", "/trace/abc"])
        {
            IHtmlDocument page = await pages.GetAsync(address, HttpStatusCode.ServiceUnavailable);
            Assert.Contains("The disk is <full>.", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_bar_says_what_comes_in_and_what_was_refused()
    {
        await using TestServer server = await TestServer.StartAsync(new MemoryStore(), configureServices: services => services.AddIntake(new Intake(18_214, 7)));
        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        IHtmlDocument page = await pages.GetAsync("/search");
        Assert.Contains("18.2", page.QuerySelector(".intake")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("7 refused", page.QuerySelector(".intake")!.TextContent, StringComparison.Ordinal);
    }
}
