using Clew.Model;
using Clew.TestKit;

namespace Clew.Query.Tests.Assembly;

public sealed class SpanMergerTests
{
    [Fact]
    public void The_missing_parent_of_a_shared_span_is_taken_from_its_client()
    {
        IReadOnlyList<Span> merged = SpanMerger.Merge(
        [
            TestSpan.Of(null, 1, SpanKind.Server, "web"),
            TestSpan.Of(1, 2, SpanKind.Client, "web"),
            TestSpan.Of(null, 2, SpanKind.Server, "app").Shared(),
        ]);
        Assert.Equal([0UL, 1UL, 1UL], merged.Select(static span => span.ParentSpanId.Value));
    }

    [Fact]
    public void A_server_under_its_clients_id_is_marked_shared()
    {
        IReadOnlyList<Span> merged = SpanMerger.Merge([TestSpan.Of(1, 2, SpanKind.Server, "app"), TestSpan.Of(1, 2, SpanKind.Client, "web")]);
        Assert.Equal([SpanTraits.None, SpanTraits.Shared], merged.Select(static span => span.Traits));
        Assert.Equal([SpanKind.Client, SpanKind.Server], merged.Select(static span => span.Kind));
    }

    [Fact]
    public void The_halves_of_a_call_stay_apart_even_when_neither_names_a_host() =>
        Assert.Equal([SpanKind.Client, SpanKind.Server], SpanMerger.Merge([TestSpan.Of(null, 2, SpanKind.Server), TestSpan.Of(null, 2, SpanKind.Client)]).Select(static span => span.Kind));

    [Fact]
    public void Pieces_that_contradict_each_other_merge_alike_whatever_order_they_arrive_in()
    {
        Span early = TestSpan.Of(1, 2, SpanKind.Client, "web", "app") with { StartNs = 1_000, Name = "get" };
        Span late = TestSpan.Of(3, 2, SpanKind.Client, "web", "db") with { StartNs = 2_000, Name = "post" };
        Assert.Equal(SpanMerger.Merge([early, late]), SpanMerger.Merge([late, early]));
    }

    [Fact]
    public void All_spans_get_the_128_bit_trace_id_if_any_has_one()
    {
        var wide = new TraceId(1, 0xa);
        IReadOnlyList<Span> merged = SpanMerger.Merge([TestSpan.Of(null, 1), TestSpan.Of(1, 2) with { TraceId = wide }, TestSpan.Of(1, 3)]);
        Assert.All(merged, span => Assert.Equal(wide, span.TraceId));
    }

    [Fact]
    public void Pieces_without_an_endpoint_are_merged_into_the_span_that_has_one()
    {
        Span first = TestSpan.Of(null, 1, SpanKind.Client, "web", startNs: 5) with { Attributes = TestSpan.Tags(("a", "1"), ("b", "1")) };
        Span second = TestSpan.Of(null, 1) with { Name = "get", DurationNs = 7, Attributes = TestSpan.Tags(("b", "2"), ("c", "3")) };
        Span merged = Assert.Single(SpanMerger.Merge([second, first]));
        Assert.Equal("get", merged.Name);
        Assert.Equal("web", merged.ServiceName);
        Assert.Equal((5, 7), (merged.StartNs, merged.DurationNs));
        Assert.Equal(TestSpan.Tags(("a", "1"), ("b", "2"), ("c", "3")), merged.Attributes);
    }

    [Fact]
    public void Incomplete_endpoints_are_completed_from_each_other()
    {
        Span merged = Assert.Single(SpanMerger.Merge([TestSpan.Of(null, 1, SpanKind.Client, "web"), TestSpan.Of(null, 1, SpanKind.Client).At("1.2.3.4"), TestSpan.Of(null, 1, SpanKind.Client).At("1.2.3.4", 80)]));
        Assert.Equal(new Endpoint("web", System.Net.IPAddress.Parse("1.2.3.4"), null, 80), merged.LocalEndpoint);
        Assert.Equal("web", merged.ServiceName);
    }

    [Fact]
    public void Shared_spans_of_different_addresses_stay_apart()
    {
        Span one = TestSpan.Of(null, 1, SpanKind.Server, "app").At("1.2.3.4").Shared();
        Span other = TestSpan.Of(null, 1, SpanKind.Server, "app").At("1.2.3.5").Shared();
        Assert.Equal([one, other], SpanMerger.Merge([other, one]));
    }

    [Fact]
    public void Data_without_a_host_goes_to_the_first_span_of_its_id_and_half()
    {
        Span scrap = TestSpan.Of(null, 1) with { Attributes = TestSpan.Tags(("late", "1")) };
        IReadOnlyList<Span> merged = SpanMerger.Merge([TestSpan.Of(null, 1, SpanKind.Server, "app").Shared(), scrap, TestSpan.Of(null, 1, SpanKind.Client, "web")]);
        Assert.Equal(["web", "app"], merged.Select(static span => span.ServiceName));
        Assert.Equal("1", merged[0].Attributes.TextOf("late"));
        Assert.Null(merged[1].Attributes.TextOf("late"));
    }

    [Fact]
    public void A_span_that_is_its_own_parent_has_none() => Assert.True(Assert.Single(SpanMerger.Merge([TestSpan.Of(1, 1)])).ParentSpanId.IsZero);

    [Fact]
    public void A_span_with_a_missing_parent_keeps_its_id() => Assert.Equal(new SpanId(9), Assert.Single(SpanMerger.Merge([TestSpan.Of(9, 1)])).ParentSpanId);

    [Fact]
    public void The_clients_half_comes_first_then_other_spans_then_shared_ones_each_by_host()
    {
        Span client = TestSpan.Of(null, 1, SpanKind.Client, "z");
        Span a = TestSpan.Of(null, 1, SpanKind.Producer, "a");
        Span b = TestSpan.Of(null, 1, SpanKind.Consumer, "b");
        Span shared = TestSpan.Of(null, 1, SpanKind.Server, "0").Shared();
        Assert.Equal([client, a, b, shared], SpanMerger.Merge([shared, b, a, client]));
    }

    [Fact]
    public void What_one_piece_knows_to_have_failed_has_failed()
    {
        Span ok = TestSpan.Of(null, 1, SpanKind.Server, "web") with { Status = StatusCode.Ok };
        Span failed = TestSpan.Of(null, 1, SpanKind.Server, "web") with { Status = StatusCode.Error, StatusMessage = "oh" };
        Span merged = Assert.Single(SpanMerger.Merge([ok, failed]));
        Assert.Equal((StatusCode.Error, "oh"), (merged.Status, merged.StatusMessage));
    }

    [Fact]
    public void A_span_sent_twice_comes_out_once_and_unchanged() =>
        Properties.ForAll(SpanGen.ZipkinLikeSpan, span =>
        {
            Span expected = span.ParentSpanId == span.SpanId ? span with { ParentSpanId = default } : span;
            Assert.Equal([expected], SpanMerger.Merge([span, span]));
        });

    [Fact]
    public void Merging_what_is_merged_changes_nothing() =>
        Properties.ForAll(TestSpan.TangledTrace, static spans =>
        {
            IReadOnlyList<Span> once = SpanMerger.Merge(spans);
            Assert.Equal(once, SpanMerger.Merge(once));
        }, 2000);

    [Fact]
    public void Merging_loses_no_attribute_key_no_event_and_no_error() =>
        Properties.ForAll(TestSpan.TangledTrace, static spans =>
        {
            IReadOnlyList<Span> merged = SpanMerger.Merge(spans);
            Assert.Equal(Facts(spans), Facts(merged));

            static HashSet<object> Facts(IEnumerable<Span> spans) =>
            [
                .. spans.SelectMany(static span => span.Attributes.Select(item => (object)(span.SpanId, item.Key))),
                .. spans.SelectMany(static span => span.Events.Select(item => (object)(span.SpanId, item))),
                .. spans.Where(static span => span.IsError).Select(static span => (object)(span.SpanId, "failed")),
            ];
        });

    [Fact]
    public void A_hundred_thousand_spans_of_one_id_are_merged_in_linear_time()
    {
        Span[] spans = [.. Enumerable.Range(0, 100_000).Select(static i => TestSpan.Of(null, 1, SpanKind.Server, $"service {i}"))];
        Assert.Equal(spans.Length, SpanMerger.Merge(spans).Count);
    }
}
