using Clew.Model;
using static Clew.Query.Tests.Evaluation.Evaluate;

namespace Clew.Query.Tests.Evaluation;

public sealed class TraceMatcherTests
{
    private static readonly SpanCondition a = new SpanCondition.Exists(Attribute("a"));
    private static readonly SpanCondition b = new SpanCondition.Exists(Attribute("b"));
    private static readonly Span withA = Span(1, A("a", ""));
    private static readonly Span withB = Span(2, A("b", ""));

    [Fact]
    public void Parts_of_a_span_condition_hold_on_one_span_parts_of_a_trace_condition_on_any()
    {
        Assert.False(Holds(new TraceCondition.AnySpan(new SpanCondition.And(a, b)), withA, withB));
        Assert.True(Holds(new TraceCondition.And(new TraceCondition.AnySpan(a), new TraceCondition.AnySpan(b)), withA, withB));
        Assert.True(Holds(new TraceCondition.AnySpan(new SpanCondition.Or(a, b)), withB));
        Assert.True(Holds(new TraceCondition.Or(new TraceCondition.AnySpan(a), new TraceCondition.AnySpan(b)), withB));
        Assert.False(Holds(new TraceCondition.And(new TraceCondition.AnySpan(a), new TraceCondition.AnySpan(b)), withB));
    }

    [Fact]
    public void Not_on_a_trace_asks_that_no_span_satisfies_not_on_a_span_that_one_does_not()
    {
        Assert.False(Holds(new TraceCondition.Not(new TraceCondition.AnySpan(a)), withA, withB));
        Assert.True(Holds(new TraceCondition.AnySpan(new SpanCondition.Not(a)), withA, withB));
        Assert.True(Holds(new TraceCondition.Not(new TraceCondition.AnySpan(a)), withB));
    }

    [Fact]
    public void No_condition_and_always_match_every_trace()
    {
        Assert.True(Matches(new TraceQuery(), withA));
        Assert.True(Holds(new TraceCondition.AnySpan(new SpanCondition.Always()), withA));
        Assert.False(Holds(new TraceCondition.AnySpan(new SpanCondition.Not(new SpanCondition.Always())), withA));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(-5, 5, true)]
    [InlineData(1, 5, false)]
    [InlineData(-5, -1, false)]
    public void Both_ends_of_a_range_belong_to_it(long fromNs, long toNs, bool expected) =>
        Assert.Equal(expected, Matches(new TraceQuery { Range = new TimeRange(BaseNs + fromNs, BaseNs + toNs) }, withA));

    [Fact]
    public void Spans_outside_the_range_are_absent_for_conditions_by_span_start()
    {
        Span later = withB with { StartNs = BaseNs + 100 };
        TraceQuery early = new() { Range = new TimeRange(BaseNs, BaseNs + 10) };
        Assert.False(Matches(early with { Where = new TraceCondition.AnySpan(b) }, withA, later));
        Assert.True(Matches(early with { Where = new TraceCondition.Not(new TraceCondition.AnySpan(b)) }, withA, later));
        Assert.True(Matches(early with { Where = new TraceCondition.AnySpan(a) }, withA, later));
    }

    [Fact]
    public void A_trace_with_no_span_in_range_is_no_result_even_of_a_negation()
    {
        TraceQuery elsewhere = new() { Range = new TimeRange(1, 2), Where = new TraceCondition.Not(new TraceCondition.AnySpan(b)) };
        Assert.False(Matches(elsewhere, withA));
        Assert.False(Matches(elsewhere with { RangeTarget = TimeRangeTarget.TraceTime }, withA));
    }

    [Fact]
    public void By_trace_time_conditions_see_all_spans_of_a_trace_in_range()
    {
        Span later = withB with { StartNs = BaseNs + 100, ParentSpanId = new SpanId(1) };
        TraceQuery query = new()
        {
            Range = new TimeRange(BaseNs, BaseNs),
            RangeTarget = TimeRangeTarget.TraceTime,
            Where = new TraceCondition.AnySpan(b),
        };
        Assert.True(Matches(query, withA, later));
        Assert.False(Matches(query with { Range = new TimeRange(BaseNs + 100, BaseNs + 100) }, withA, later));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trace_time_is_the_earliest_root_else_the_earliest_span_whatever_their_order(bool reversed)
    {
        Span child = withA with { ParentSpanId = new SpanId(9), StartNs = BaseNs - 50 };
        Span untimedRoot = withB with { StartNs = 0 };
        Span root = withB with { SpanId = new SpanId(3), StartNs = BaseNs + 1 };
        Span lateRoot = withB with { SpanId = new SpanId(4), StartNs = BaseNs + 2 };
        Span[] rooted = [child, untimedRoot, lateRoot, root];
        Span[] rootless = [child, untimedRoot, child with { StartNs = BaseNs }];
        Assert.Equal(BaseNs + 1, TraceTime.ZipkinTimeNs(reversed ? [.. rooted.Reverse()] : rooted));
        Assert.Equal(BaseNs - 50, TraceTime.ZipkinTimeNs(reversed ? [.. rootless.Reverse()] : rootless));
    }

    [Theory]
    [InlineData(TimeRangeTarget.SpanStart)]
    [InlineData(TimeRangeTarget.TraceTime)]
    public void Spans_without_time_are_in_no_range_but_all(TimeRangeTarget target)
    {
        Span untimed = withA with { StartNs = 0 };
        TraceQuery query = new() { RangeTarget = target };
        Assert.True(Matches(query, untimed));
        Assert.False(Matches(query with { Range = new TimeRange(0, long.MaxValue) }, untimed));
        Assert.False(Matches(query with { Range = new TimeRange(long.MinValue, long.MaxValue - 1) }, untimed));
    }

    [Fact]
    public void One_matcher_serves_many_traces()
    {
        var matcher = new TraceMatcher(new TraceQuery { Where = new TraceCondition.AnySpan(Is(Intrinsic(IntrinsicField.RootName), "x")) });
        Trace Named(string name) => new(withA.TraceId, [withA with { Name = name }]);
        Assert.True(matcher.IsMatch(Named("x")));
        Assert.False(matcher.IsMatch(Named("y")));
        Assert.True(matcher.IsMatch(Named("x")));
    }
}
