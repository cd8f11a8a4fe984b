using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance.Cases;
using static Clew.Storage.Conformance.Conditions;

namespace Clew.Storage.Conformance;

public abstract partial class SpanStoreConformance
{
    [Theory]
    [MemberData(nameof(JaegerSearchCases.Names), MemberType = typeof(JaegerSearchCases))]
    public async Task Jaegers_search_finds(string name)
    {
        await WriteAsync(JaegerSearchCases.All.SelectMany(each => each.Spans));
        SearchCase asked = JaegerSearchCases.All.Single(each => each.Name == name);
        await AssertFindsAsync(asked.Query, asked.Spans.Select(span => span.TraceId).Distinct());
        foreach (IGrouping<TraceId, Span> trace in asked.Spans.GroupBy(span => span.TraceId))
            await AssertTraceAsync(trace.Key, trace);
    }

    [Fact]
    public async Task Tags_on_two_spans_of_a_trace_are_not_tags_on_one()
    {
        var id = new TraceId(1, 1);
        await WriteAsync(
            TestSpan.Of(id, 1) with { Attributes = SearchTags.Only(0, 1) },
            TestSpan.Of(id, 2) with { Attributes = SearchTags.Only(2, 3) });
        await AssertFindsAsync(AnySpan(SearchTags.Condition));
        await AssertFindsAsync(AnySpan(TagAnywhere("tag.string", "same value")), id);
    }

    [Fact]
    public async Task An_attribute_is_searched_across_services()
    {
        await WriteAsync(
            TestSpan.Of(new TraceId(1, 1), 1, "one") with { Attributes = SearchTags.All },
            TestSpan.Of(new TraceId(1, 2), 1, "two") with { Attributes = SearchTags.All },
            TestSpan.Of(new TraceId(1, 3), 1, "two"));
        await AssertFindsAsync(AnySpan(SearchTags.Condition), new TraceId(1, 1), new TraceId(1, 2));
    }

    [Fact]
    public async Task Ten_thousand_spans_of_one_trace_come_back_whole()
    {
        var id = new TraceId(1, 1);
        Span[] spans = [.. Enumerable.Range(1, 10_008).Select(i => TestSpan.Of(id, (ulong)i) with { StartNs = DayNs + (i * 1_000_000_000L) })];
        foreach (Span[] batch in spans.Chunk(2_500))
            await WriteAsync(batch);
        await AssertTraceAsync(id, spans);
        TraceSummary summary = Assert.Single((await SearchAsync(new TraceQuery())).Traces);
        Assert.Equal(spans.Length, summary.SpanCount);
    }

    [Fact]
    public async Task Spans_that_share_an_id_are_all_kept()
    {
        var id = new TraceId(1, 1);
        Span[] spans = [.. Enumerable.Range(1, 200).Select(i => TestSpan.Of(id, i % 20 == 0 ? 1 : (ulong)i) with { DurationNs = i })];
        await WriteAsync(spans);
        await AssertTraceAsync(id, spans);
    }

    [Fact]
    public async Task A_result_carries_the_summary_of_the_whole_trace()
    {
        var id = new TraceId(1, 1);
        Span[] spans =
        [
            TestSpan.Of(id, 1, "web") with { Name = "GET /", StartNs = DayNs, DurationNs = 5 * MsNs },
            TestSpan.Of(id, 2, "cart") with { ParentSpanId = new SpanId(1), StartNs = DayNs + MsNs, DurationNs = MsNs, Status = StatusCode.Error },
        ];
        await WriteAsync(spans);
        TraceSearchResult result = await SearchAsync(AnySpan(Service("cart")) with { Range = new TimeRange(DayNs + MsNs, DayNs + MsNs) });
        Assert.Equal([TraceSummarizer.Summarize(new Trace(id, spans))], result.Traces);
    }
}
