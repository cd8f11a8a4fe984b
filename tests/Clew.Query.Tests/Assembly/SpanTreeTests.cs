using Clew.Model;
using Clew.TestKit;

namespace Clew.Query.Tests.Assembly;

public sealed class SpanTreeTests
{
    [Fact]
    public void Spans_hang_under_their_parents()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(2, 4), TestSpan.Of(1, 2), TestSpan.Of(null, 1), TestSpan.Of(1, 3)]);
        Assert.Equal("1(2(4) 3)", Drawn(tree.Root));
        Assert.False(tree.Root.Children[0].IsAdopted);
        Assert.Same(tree.Root, tree.Root.Children[0].Parent);
    }

    [Fact]
    public void A_shared_half_hangs_under_its_client_and_the_servers_spans_under_the_shared_half()
    {
        SpanTree tree = SpanTree.Build(
        [
            TestSpan.Of(null, 1, SpanKind.Server, "web"),
            TestSpan.Of(1, 2, SpanKind.Client, "web"),
            TestSpan.Of(1, 2, SpanKind.Server, "app").Shared(),
            TestSpan.Of(2, 3, SpanKind.Client, "app"),
        ]);
        Assert.Equal("1web(2web(2app(3app)))", Drawn(tree.Root));
    }

    [Fact]
    public void A_root_id_may_be_shared()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(null, 1, SpanKind.Server, "app").Shared(), TestSpan.Of(null, 1, SpanKind.Client, "web"), TestSpan.Of(1, 2, SpanKind.Client, "app")]);
        Assert.Equal("1web(1app(2app))", Drawn(tree.Root));
    }

    [Fact]
    public void A_shared_span_without_its_client_half_stands_where_its_parent_says()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(null, 1, SpanKind.Server, "web"), TestSpan.Of(1, 2, SpanKind.Server, "app").Shared(), TestSpan.Of(2, 3, SpanKind.Unspecified, "app")]);
        Assert.Equal("1web(2app(3app))", Drawn(tree.Root));
        Assert.False(tree.Root.Children[0].IsAdopted);
    }

    [Fact]
    public void A_shared_span_without_client_and_parent_is_a_root() =>
        Assert.Equal("1app(2app)", Drawn(SpanTree.Build([TestSpan.Of(1, 2, SpanKind.Unspecified, "app"), TestSpan.Of(null, 1, SpanKind.Server, "app").Shared()]).Root));

    [Fact]
    public void Children_of_two_servers_that_answered_one_id_are_told_apart_by_host()
    {
        SpanTree tree = SpanTree.Build(
        [
            TestSpan.Of(null, 1, SpanKind.Client, "web"),
            TestSpan.Of(null, 1, SpanKind.Server, "app").At("1.1.1.1").Shared(),
            TestSpan.Of(null, 1, SpanKind.Server, "app").At("1.1.1.2").Shared(),
            TestSpan.Of(1, 3, SpanKind.Unspecified, "app").At("1.1.1.2"),
            TestSpan.Of(1, 4, SpanKind.Unspecified, "app").At("1.1.1.1"),
        ]);
        Assert.Equal("1web(1app(4app) 1app(3app))", Drawn(tree.Root));
    }

    [Fact]
    public void Children_of_a_client_and_of_two_servers_of_its_id_are_told_apart_when_one_server_forgot_the_flag()
    {
        SpanTree tree = SpanTree.Build(
        [
            TestSpan.Of(null, 1, SpanKind.Client, "web"),
            TestSpan.Of(null, 1, SpanKind.Server, "app"),
            TestSpan.Of(null, 1, SpanKind.Server, "cart").Shared(),
            TestSpan.Of(1, 3, SpanKind.Unspecified, "cart"),
            TestSpan.Of(1, 4, SpanKind.Unspecified, "app"),
            TestSpan.Of(1, 5, SpanKind.Unspecified, "web"),
        ]);
        Assert.Equal("1web(1app(4app) 1cart(3cart) 5web)", Drawn(tree.Root));
    }

    [Fact]
    public void A_child_finds_its_server_by_service_name_when_the_address_has_changed()
    {
        SpanTree tree = SpanTree.Build(
        [
            TestSpan.Of(null, 1, SpanKind.Client, "web"),
            TestSpan.Of(null, 1, SpanKind.Server, "app").At("1.1.1.1").Shared(),
            TestSpan.Of(1, 2, SpanKind.Unspecified, "app").At("1.1.1.9"),
        ]);
        Assert.Equal("1web(1app(2app))", Drawn(tree.Root));
    }

    [Fact]
    public void A_child_without_a_host_belongs_to_the_server_half() =>
        Assert.Equal("1web(1app(2?))", Drawn(SpanTree.Build([TestSpan.Of(null, 1, SpanKind.Client, "web"), TestSpan.Of(null, 1, SpanKind.Server, "app").Shared(), TestSpan.Of(1, 2)]).Root));

    [Fact]
    public void Duplicates_are_one_node() =>
        Assert.Equal("1(2)", Drawn(SpanTree.Build([TestSpan.Of(null, 1), TestSpan.Of(1, 2), TestSpan.Of(1, 2), TestSpan.Of(null, 1)]).Root));

    [Fact]
    public void Further_roots_hang_under_the_first()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(null, 2, startNs: 5), TestSpan.Of(null, 1, startNs: 9), TestSpan.Of(null, 3)]);
        Assert.Equal("2(3 1)", Drawn(tree.Root));
        Assert.All(tree.Root.Children, static node => Assert.True(node.IsAdopted));
    }

    [Fact]
    public void No_child_of_a_missing_parent_is_left_behind()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(null, 1), TestSpan.Of(1, 2), TestSpan.Of(9, 3), TestSpan.Of(3, 4)]);
        Assert.Equal("1(2 3(4))", Drawn(tree.Root));
        Assert.Equal([false, true], tree.Root.Children.Select(static node => node.IsAdopted));
    }

    [Fact]
    public void A_headless_trace_has_a_root_without_a_span_that_is_not_visited()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(1, 2), TestSpan.Of(1, 3), TestSpan.Of(3, 4)]);
        Assert.Null(tree.Root.Span);
        Assert.Equal("-(2 3(4))", Drawn(tree.Root));
        Assert.Equal([2UL, 3UL, 4UL], tree.BreadthFirst().Select(static node => node.Span!.SpanId.Value));
    }

    [Fact]
    public void A_skewed_clock_does_not_move_a_span() =>
        Assert.Equal("1(2(3))", Drawn(SpanTree.Build([TestSpan.Of(2, 3, startNs: 1), TestSpan.Of(1, 2, startNs: 5), TestSpan.Of(null, 1, startNs: 9)]).Root));

    [Fact]
    public void Children_are_ordered_by_start_those_without_one_first_and_ties_by_id()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(null, 1), TestSpan.Of(1, 2, startNs: 9), TestSpan.Of(1, 5, startNs: 3), TestSpan.Of(1, 4, startNs: 3), TestSpan.Of(1, 6)]);
        Assert.Equal("1(6 4 5 2)", Drawn(tree.Root));
    }

    [Fact]
    public void Members_of_a_cycle_hang_under_the_root_and_what_hangs_under_them_stays()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(null, 1), TestSpan.Of(4, 2), TestSpan.Of(2, 3), TestSpan.Of(3, 4), TestSpan.Of(3, 5), TestSpan.Of(5, 6)]);
        Assert.Equal("1(2 3(5(6)) 4)", Drawn(tree.Root));
    }

    [Fact]
    public void A_trace_that_is_one_cycle_is_headless() =>
        Assert.Equal("-(1 2)", Drawn(SpanTree.Build([TestSpan.Of(2, 1), TestSpan.Of(1, 2)]).Root));

    [Fact]
    public void Traversal_is_level_by_level_or_branch_by_branch()
    {
        SpanTree tree = SpanTree.Build([TestSpan.Of(null, 1), TestSpan.Of(1, 2), TestSpan.Of(1, 3), TestSpan.Of(2, 4), TestSpan.Of(3, 5)]);
        Assert.Equal([1UL, 2UL, 3UL, 4UL, 5UL], tree.BreadthFirst().Select(static node => node.Span!.SpanId.Value));
        Assert.Equal([1UL, 2UL, 4UL, 3UL, 5UL], tree.DepthFirst().Select(static node => node.Span!.SpanId.Value));
    }

    [Fact]
    public void A_trace_of_a_hundred_thousand_nested_spans_is_built_and_walked()
    {
        Span[] spans = [.. Enumerable.Range(1, 100_000).Select(static id => TestSpan.Of((ulong)id - 1, (ulong)id, startNs: id))];
        SpanTree tree = SpanTree.Build(spans);
        Assert.Equal(spans.Length, tree.BreadthFirst().Count());
        Assert.Equal(spans.Length, tree.DepthFirst().Count());
    }

    [Fact]
    public void Every_span_is_in_the_tree_exactly_once_below_its_parent_and_in_order() =>
        Properties.ForAll(TestSpan.TangledTrace, static spans =>
        {
            SpanTree tree = SpanTree.Build(spans);
            SpanNode[] nodes = [.. tree.BreadthFirst()];
            Assert.Equal(SpanMerger.Merge(spans).Count, nodes.Length);
            Assert.Equal(SpanMerger.Merge(spans).ToHashSet(), nodes.Select(static node => node.Span!).ToHashSet());
            Assert.Equal(nodes.ToHashSet(), tree.DepthFirst().ToHashSet());
            foreach (SpanNode node in nodes.Append(tree.Root))
            {
                Assert.Equal(node == tree.Root, node.Parent is null);
                Assert.All(node.Children, child => Assert.Same(node, child.Parent));
                Assert.Equal(node.Children.OrderBy(static child => child.Span!.StartNs).ThenBy(static child => child.Span!.SpanId), node.Children);
                if (node.IsAdopted)
                    Assert.Same(tree.Root, node.Parent);
                else if (node.Parent is not null)
                    Assert.True(node.Span!.ParentSpanId == node.Parent.Span!.SpanId || node.Span.SpanId == node.Parent.Span.SpanId);
            }
        }, 2000);

    /// <summary>Id and service of a node, its children in parentheses.</summary>
    private static string Drawn(SpanNode node)
    {
        bool named = node.Span is not null && (node.Span.Resource.ServiceName ?? node.Parent?.Span?.Resource.ServiceName) is not null;
        string self = node.Span is null ? "-" : $"{node.Span.SpanId.Value}{(named ? node.Span.Resource.ServiceName ?? "?" : "")}";
        return node.Children.Count == 0 ? self : $"{self}({string.Join(' ', node.Children.Select(Drawn))})";
    }
}
