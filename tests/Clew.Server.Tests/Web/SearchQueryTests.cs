using Clew.Model;
using Clew.Query;
using Clew.Server.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Clew.Server.Tests.Web;

public sealed class SearchQueryTests
{
    private const long NowNs = 1_795_179_900_000_000_000;
    private const long HourNs = 3600_000_000_000;

    [Fact]
    public void Without_anything_the_last_hour_is_asked_for()
    {
        SearchQuery query = Query("");
        Assert.Equal(new TimeRange(NowNs - HourNs, NowNs), query.Range);
        Assert.Null(query.Where);
        Assert.Equal(50, query.Limit);
    }

    [Fact]
    public void All_conditions_ask_for_one_span()
    {
        var any = Assert.IsType<TraceCondition.AnySpan>(Query("?service=a&operation=b&status=error&attrs=c%3Dd&min=1s&max=2s").Where);
        Assert.Equal(6, Leaves(any.Condition));
    }

    [Fact]
    public void Ok_means_that_no_span_failed() => Assert.IsType<TraceCondition.Not>(Query("?status=ok").Where);

    [Theory]
    [InlineData("?last=soon", SearchField.Range)]
    [InlineData("?from=x", SearchField.Range)]
    [InlineData("?from=2026-11-20&to=2026-11-19", SearchField.Range)]
    [InlineData("?min=5", SearchField.Min)]
    [InlineData("?max=5", SearchField.Max)]
    [InlineData("?min=2s&max=1s", SearchField.Max)]
    [InlineData("?limit=many", SearchField.Limit)]
    [InlineData("?limit=0", SearchField.Limit)]
    [InlineData("?after=x", SearchField.After)]
    [InlineData("?status=green", SearchField.Status)]
    [InlineData("?attrs=%3D", SearchField.Attributes)]
    [InlineData("?tags=%5B1%5D", SearchField.Attributes)]
    public void A_wrong_value_is_told_at_its_field(string address, SearchField field) => Assert.Equal(field, Assert.Single(Query(address).Problems).Field);

    [Fact]
    public void Links_to_jaegers_page_are_understood()
    {
        SearchForm form = Form("?service=web&operation=all&lookback=2d&limit=20&tags=%7B%22http.status_code%22%3A%22500%22%2C%22a%22%3A%22b%20c%22%7D&minDuration=1.2s&maxDuration=5s&start=1&end=2");
        Assert.Equal(("web", "", "2d", "20"), (form.Service, form.Operation, form.Last, form.Limit));
        Assert.Equal("http.status_code=500 a=\"b c\" span:duration>=1.2s span:duration<=5s", form.Attributes);
        SearchForm custom = Form("?service=web&lookback=custom&start=1795179900000000&end=1795179960000001");
        Assert.Equal(new TimeRange(NowNs, NowNs + 60_000_001_000), new SearchQuery(custom, NowNs).Range);
    }

    [Fact]
    public void A_form_comes_back_from_its_own_address()
    {
        var form = new SearchForm { Service = "a&b", Operation = "GET /?x", Status = "error", Attributes = "k=\"v w\" <b>", Min = "1s", Max = "2s", Last = "6h", Limit = "20", After = "5-" + new TraceId(1, 2) };
        Assert.Equal(form, Form(form.Query));
        var range = new SearchForm { From = "2026-11-20 13:05", To = "2026-11-20 14:05" };
        Assert.Equal(range, Form(range.Query));
    }

    [Fact]
    public void Defaults_stay_out_of_the_address() => Assert.Equal("search", new SearchForm().Href);

    [Fact]
    public void The_cursor_of_the_last_row_reads_back()
    {
        var last = new TraceSummary { TraceId = new TraceId(7, 9), StartNs = NowNs, RootName = "", RootServiceName = "" };
        Assert.Equal(new TraceCursor(NowNs, new TraceId(7, 9)), Query("?after=" + SearchQuery.WriteCursor(last)).After);
    }

    [Fact]
    public void Each_condition_is_dropped_in_turn_and_the_range_widened_last()
    {
        var form = new SearchForm { Service = "a", Status = "error", Attributes = "x=1  y=2", Last = "2d" };
        List<(string? Dropped, SearchForm Form)> changes = [.. SearchHints.Changes(form)];
        Assert.Equal(["service=a", "status=error", "x=1", "y=2", null], changes.Select(change => change.Dropped));
        Assert.Equal("y=2", changes[2].Form.Attributes);
        Assert.Equal("x=1", changes[3].Form.Attributes);
        Assert.Equal("7d", changes[4].Form.Last);
    }

    private static int Leaves(SpanCondition condition) => condition is SpanCondition.And and ? Leaves(and.Left) + Leaves(and.Right) : 1;

    private static SearchForm Form(string address) => SearchFormReader.Read(new QueryCollection(QueryHelpers.ParseQuery(address)), []);

    private static SearchQuery Query(string address)
    {
        var problems = new List<SearchProblem>();
        SearchForm form = SearchFormReader.Read(new QueryCollection(QueryHelpers.ParseQuery(address)), problems);
        return new SearchQuery(form, NowNs, problems);
    }
}
