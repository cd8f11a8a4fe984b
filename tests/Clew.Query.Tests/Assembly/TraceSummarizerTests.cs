using Clew.Model;
using Clew.TestKit;

namespace Clew.Query.Tests.Assembly;

public sealed class TraceSummarizerTests
{
    [Fact]
    public void A_trace_is_summed_up()
    {
        TraceSummary summary = TraceSummarizer.Summarize(TestSpan.Trace(
            TestSpan.Of(2, 3, SpanKind.Client, "web", startNs: 150) with { DurationNs = 100, Status = StatusCode.Error },
            TestSpan.Of(1, 2, SpanKind.Server, "web", startNs: 120) with { DurationNs = 10 },
            TestSpan.Of(null, 1, SpanKind.Client, "app", startNs: 100) with { Name = "get", DurationNs = 50 },
            TestSpan.Of(9, 4, SpanKind.Client, "Zoo"),
            TestSpan.Of(9, 5)));
        Assert.Equal(TestSpan.TraceId, summary.TraceId);
        Assert.Equal(("app", "get"), (summary.RootServiceName, summary.RootName));
        Assert.Equal((100, 150), (summary.StartNs, summary.DurationNs));
        Assert.Equal((5, 1, 2), (summary.SpanCount, summary.ErrorCount, summary.OrphanCount));
        Assert.Equal([new("Zoo", 1, 0), new("app", 1, 0), new(AttributeKeys.UnknownService, 1, 0), new("web", 2, 1)], summary.Services);
    }

    [Fact]
    public void The_earliest_of_several_roots_counts_whatever_started_before_it() =>
        Assert.Equal("b", RootOf(TestSpan.Of(9, 1, local: "a", startNs: 1), TestSpan.Of(null, 2, local: "c", startNs: 7), TestSpan.Of(null, 3, local: "b", startNs: 5)));

    [Fact]
    public void Roots_that_start_together_are_ordered_by_id() =>
        Assert.Equal("b", RootOf(TestSpan.Of(null, 2, local: "c", startNs: 7), TestSpan.Of(null, 1, local: "b", startNs: 7)));

    [Fact]
    public void Without_a_root_the_earliest_span_stands_for_the_trace() =>
        Assert.Equal("b", RootOf(TestSpan.Of(9, 1, local: "a", startNs: 7), TestSpan.Of(9, 2, local: "b", startNs: 5)));

    [Fact]
    public void A_root_without_a_time_counts_after_those_that_have_one() =>
        Assert.Equal("b", RootOf(TestSpan.Of(null, 1, local: "a"), TestSpan.Of(null, 2, local: "b", startNs: 5)));

    [Fact]
    public void Of_the_halves_of_a_root_the_clients_counts() =>
        Assert.Equal("web", RootOf(TestSpan.Of(null, 1, local: "app", startNs: 5).Shared(), TestSpan.Of(null, 1, local: "web", startNs: 5)));

    [Fact]
    public void A_trace_without_times_starts_at_zero()
    {
        TraceSummary summary = TraceSummarizer.Summarize(TestSpan.Trace(TestSpan.Of(null, 1) with { DurationNs = 5 }));
        Assert.Equal((0, 0), (summary.StartNs, summary.DurationNs));
    }

    [Fact]
    public void The_order_of_spans_makes_no_difference() =>
        Properties.ForAll(TestSpan.TangledTrace, static spans =>
            Assert.Equal(TraceSummarizer.Summarize(TestSpan.Trace([.. spans])), TraceSummarizer.Summarize(TestSpan.Trace([.. Enumerable.Reverse(spans)]))));

    private static string RootOf(params Span[] spans) => TraceSummarizer.Summarize(TestSpan.Trace(spans)).RootServiceName;
}
