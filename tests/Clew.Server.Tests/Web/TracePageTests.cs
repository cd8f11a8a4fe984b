using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Web;

public sealed class TracePageTests(WebShopServer shop) : IClassFixture<WebShopServer>
{
    private static readonly string Address = "/trace/" + WebShop.CheckoutId.ToShortString();

    [Fact]
    public async Task The_header_tells_the_facts()
    {
        IHtmlDocument page = await shop.Pages.GetAsync(Address);
        Assert.Equal("gatewayPOST /api/checkout", page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal("4 errors", page.QuerySelector(".trace-h .tag.err")!.TextContent);
        Assert.NotNull(page.QuerySelector(".trace-h .tag.warn"));
        Assert.Contains("2 spans of shipping", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("root 1.84", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_a_treegrid()
    {
        IHtmlDocument page = await shop.Pages.GetAsync(Address);
        IElement grid = page.QuerySelector("[role=treegrid]")!;
        IElement[] rows = [.. grid.QuerySelectorAll(".row")];
        Assert.Equal(rows.Length.ToString(), grid.GetAttribute("aria-rowcount"));
        Assert.Equal(Enumerable.Range(1, rows.Length).Select(i => i.ToString()), rows.Select(row => row.GetAttribute("aria-rowindex")));
        Assert.All(rows, row => Assert.Equal(int.Parse(row.GetAttribute("aria-level")!) - 1, row.QuerySelectorAll(".g i").Length));
        Assert.Contains(rows, row => row.ClassList.Contains("missing") && row.TextContent.Contains("7c1f09be", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.ClassList.Contains("async") && row.QuerySelector(".wait") is not null);
        Assert.Contains(rows, row => row.QuerySelector(".lab.err")?.TextContent.EndsWith("504", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Folding_works_by_links_and_shows_hidden_errors()
    {
        IHtmlDocument page = await shop.Pages.GetAsync(Address);
        IElement row = Row(page, "CatalogService/GetProducts");
        IHtmlDocument folded = await shop.Pages.GetAsync(Address + row.QuerySelector("a.fold")!.GetAttribute("href"));
        IElement again = Row(folded, "CatalogService/GetProducts");
        Assert.Equal("false", again.GetAttribute("aria-expanded"));
        Assert.Equal("+60", again.QuerySelector(".tag")!.TextContent);
        Assert.Equal("1", again.QuerySelector(".em.hid span")!.TextContent);
        Assert.Equal(page.QuerySelectorAll(".row").Length - 60, folded.QuerySelectorAll(".row").Length);
    }

    [Fact]
    public async Task A_span_opens_under_its_row_with_all_it_carries()
    {
        IHtmlDocument page = await shop.Pages.GetAsync(Address);
        IElement failed = page.QuerySelectorAll(".row").First(row => row.QuerySelector("a.op.err-text")?.TextContent == "POST /v1/charges");
        IHtmlDocument open = await shop.Pages.GetAsync(Address + failed.QuerySelector("a.op")!.GetAttribute("href"));
        IElement detail = open.QuerySelector(".detail")!;
        Assert.Equal(failed.Id, detail.PreviousElementSibling!.Id);
        string text = detail.TextContent;
        Assert.All(
            (string[])["504 from cardnet after 488 ms", "CLIENT", "ERROR", "https://api.cardnet.example/v1/charges", "idempotency_key", "connection.acquired", "pool.wait_ms", "GatewayTimeoutException",
                "stack trace, 42 lines", "follows from", "payment-6f9c4d-x2k7p", "shop.instrumentation 2.9.0", "The sender dropped 1 attribute and 2 events of this span."],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal("504", detail.QuerySelector("dd.v-num")!.TextContent.Trim());
        Assert.Equal("true", detail.QuerySelector("dd.v-bool")!.TextContent.Trim());
        Assert.Null((await shop.Pages.GetAsync(Address + detail.PreviousElementSibling.QuerySelector("a.op")!.GetAttribute("href"))).QuerySelector(".detail"));
    }

    [Fact]
    public async Task Find_marks_counts_and_visits_matches()
    {
        IHtmlDocument page = await shop.Pages.GetAsync(Address + "?find=cardnet&level=1");
        Assert.Equal("2 matches", page.QuerySelector(".find output")!.TextContent);
        string next = page.QuerySelector("[data-key=enter]")!.GetAttribute("href")!;
        IHtmlDocument visited = await shop.Pages.GetAsync(Address + next);
        Assert.Equal("1 of 2", visited.QuerySelector(".find output")!.TextContent);
        Assert.Equal(next[(next.IndexOf('#', StringComparison.Ordinal) + 1)..], Assert.Single(visited.QuerySelectorAll(".row.cur")).Id);
        IHtmlDocument marked = await shop.Pages.GetAsync(Address + "?find=payment");
        Assert.Contains("payment", marked.QuerySelectorAll(".row mark").Select(mark => mark.TextContent));
    }

    [Fact]
    public async Task A_label_stands_behind_events_that_come_after_the_end_of_their_span()
    {
        await using var store = new MemoryStore();
        var sketch = new TraceSketch(TraceId.Parse("0af7651916cd43dd8448eb211c80319c"), (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100);
        SpanId root = sketch.Add("shop", "whole", 0, 100);
        sketch.Add("shop", "short", 10, 20, root, events: [sketch.Event(15, "within"), sketch.Event(60, "late")]);
        await sketch.StoreAsync(store);
        await using TestServer server = await TestServer.StartAsync(store);
        using var pages = new PageClient(server.Client(ListenerRole.Query).BaseAddress!);
        IHtmlDocument page = await pages.GetAsync($"/trace/{sketch.TraceId}");

        Assert.Equal(["100%", "60%"], page.QuerySelectorAll(".lane .lab").Select(label => label.GetAttribute("x")));
    }

    [Theory]
    [InlineData("/trace/{0}", "4bf92f3577b34da6")]
    [InlineData("/trace/{0}", "00000000000000004BF92F3577B34DA6")]
    [InlineData("/trace/{0}?uiFind=x&span=zz&fold=%00,&level=-1&row=999999999999&at=5", "4bf92f3577b34da6")]
    public async Task Ids_are_read_as_other_tools_print_them(string format, string id) =>
        Assert.NotEmpty((await shop.Pages.GetAsync(string.Format(format, id))).QuerySelectorAll(".tl"));

    [Theory]
    [InlineData("/trace/abc", "0000000000000abc")]
    [InlineData("/trace/hello", "hello")]
    [InlineData("/trace/0", "0")]
    [InlineData("/trace/4bf92f3577b34da64bf92f3577b34da6ff", "4bf92f35")]
    [InlineData("/trace?id=nothing", "nothing")]
    [InlineData("/trace", "")]
    public async Task What_is_not_there_is_told_kindly(string address, string said) =>
        Assert.Contains(said, (await shop.Pages.GetAsync(address, HttpStatusCode.NotFound)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task The_jump_box_leads_to_the_trace()
    {
        using HttpResponseMessage response = await shop.Pages.SendAsync("/trace?id=%204BF92F3577B34DA6%20");
        Assert.Equal("./trace/4bf92f3577b34da6", response.Headers.Location?.ToString());
    }

    private static IElement Row(IHtmlDocument page, string name) => page.QuerySelectorAll(".row").Single(row => row.QuerySelector("a.op")?.TextContent == name);
}
