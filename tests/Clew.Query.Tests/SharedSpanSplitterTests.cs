using Clew.Model;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Query.Tests;

public sealed class SharedSpanSplitterTests
{
    private static readonly TraceId Id = new(0, 1);

    [Fact]
    public void The_server_half_gets_its_own_id_under_the_client_half()
    {
        Span[] spans = Split(Span(2, 1, SpanKind.Client, "web"), Span(2, 1, SpanKind.Server, "cart") with { Traits = SpanTraits.Shared | SpanTraits.Debug });

        Assert.Equal(Span(2, 1, SpanKind.Client, "web"), spans[0]);
        Assert.NotEqual(new SpanId(2), spans[1].SpanId);
        Assert.Equal(new SpanId(2), spans[1].ParentSpanId);
        Assert.Equal(SpanTraits.Debug, spans[1].Traits);
    }

    [Fact]
    public void Children_follow_the_half_their_service_recorded()
    {
        Span[] spans = Split(
            Span(3, 2, SpanKind.Client, "cart"),
            Span(4, 2, SpanKind.Internal, "web"),
            Span(5, 2, SpanKind.Server, "db"),
            Span(2, 1, SpanKind.Server, "cart"),
            Span(2, 1, SpanKind.Client, "web"));

        SpanId server = spans[3].SpanId;
        Assert.Equal(server, spans[0].ParentSpanId);
        Assert.Equal(new SpanId(2), spans[1].ParentSpanId);
        Assert.Equal(server, spans[2].ParentSpanId);
    }

    [Fact]
    public void A_service_that_calls_itself_has_its_children_under_the_server_half()
    {
        Span[] spans = Split(Span(2, 1, SpanKind.Client, "web"), Span(2, 1, SpanKind.Server, "web"), Span(3, 2, SpanKind.Internal, "web"));

        Assert.Equal(spans[1].SpanId, spans[2].ParentSpanId);
    }

    [Fact]
    public void Two_services_that_answered_the_same_call_get_two_ids_and_a_duplicate_report_gets_the_same()
    {
        Span[] spans = Split(
            Span(2, 1, SpanKind.Client, "web"),
            Span(2, 1, SpanKind.Server, "cart"),
            Span(2, 1, SpanKind.Server, "stock"),
            Span(2, 1, SpanKind.Server, "cart"),
            Span(3, 2, SpanKind.Internal, "stock"));

        Assert.Equal(3, spans.Take(4).Select(s => s.SpanId).Distinct().Count());
        Assert.Equal(spans[1], spans[3]);
        Assert.Equal(spans[2].SpanId, spans[4].ParentSpanId);
    }

    [Fact]
    public void Shared_roots_are_split_too()
    {
        Span[] spans = Split(Span(2, 0, SpanKind.Client, "web"), Span(2, 0, SpanKind.Server, "cart"));

        Assert.True(spans[0].ParentSpanId.IsZero);
        Assert.Equal(new SpanId(2), spans[1].ParentSpanId);
    }

    [Fact]
    public void A_new_id_does_not_change_when_more_spans_arrive()
    {
        Span[] early = Split(Span(2, 1, SpanKind.Client, "web"), Span(2, 1, SpanKind.Server, "cart"));
        Span[] late = Split(Span(900, 2, SpanKind.Internal, "cart"), Span(2, 1, SpanKind.Server, "cart"), Span(2, 1, SpanKind.Client, "web"));

        Assert.Equal(early[1].SpanId, late[1].SpanId);
    }

    [Fact]
    public void A_trace_without_shared_ids_is_left_alone()
    {
        var trace = new Trace(Id, [Span(1, 0, SpanKind.Server, "web"), Span(2, 1, SpanKind.Client, "web"), Span(3, 2, SpanKind.Server, "cart"), Span(3, 2, SpanKind.Server, "cart")]);

        Assert.Same(trace, SharedSpanSplitter.Split(trace));
    }

    [Fact]
    public void Whatever_the_trace_no_client_and_server_share_an_id_afterwards_and_no_span_loses_its_parent()
    {
        Gen<Span> gen =
            from id in Gen.Choose(1, 5)
            from parent in Gen.Choose(0, 5)
            from kind in Gen.Elements(SpanKind.Client, SpanKind.Server, SpanKind.Internal)
            from service in SpanGen.ServiceName
            select Span((ulong)id, (ulong)parent, kind, service);
        Properties.ForAll(gen.NonEmptyListOf(), spans =>
        {
            Span[] split = Split([.. spans]);

            Assert.Empty(split.Where(s => s.Kind == SpanKind.Client).Select(s => s.SpanId).Intersect(split.Where(s => s.Kind == SpanKind.Server).Select(s => s.SpanId)));
            Assert.Empty(Orphans(split).Except(Orphans(spans)));
            Assert.Equal(split, Split(split));
        });

        static IEnumerable<int> Orphans(IReadOnlyList<Span> spans) =>
            Enumerable.Range(0, spans.Count).Where(i => !spans[i].ParentSpanId.IsZero && spans.All(p => p.SpanId != spans[i].ParentSpanId));
    }

    private static Span[] Split(params Span[] spans) => [.. SharedSpanSplitter.Split(new Trace(Id, spans)).Spans];

    private static Span Span(ulong id, ulong parent, SpanKind kind, string service) => new()
    {
        TraceId = Id,
        SpanId = new SpanId(id),
        ParentSpanId = new SpanId(parent),
        Kind = kind,
        Resource = new Resource(new AttributeList(new KeyValue(AttributeKeys.ServiceName, AttributeValue.From(service)))),
    };
}
