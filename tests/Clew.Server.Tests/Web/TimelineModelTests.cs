using Clew.Model;
using Clew.Server.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Clew.Server.Tests.Web;

public sealed class TimelineModelTests
{
    private const long NowNs = 1_795_179_900_000_000_000;

    [Fact]
    public void Rows_stand_in_order_of_the_tree_with_orphans_last()
    {
        var tree = new TraceTree(WebShop.Checkout(WebShop.CheckoutId, NowNs).Trace);
        Assert.Equal("POST /api/checkout", tree.Nodes[0].Span!.Name);
        Assert.Equal(tree.SpanCount, tree.Nodes[0].Below + 1 + 2);
        TraceNode missing = Assert.Single(tree.Nodes, node => node.Span is null);
        Assert.Equal(2, missing.Below);
        Assert.Equal(tree.Nodes.Count - 3, missing.Index);
        Assert.Equal((12, 2), (tree.Services.Count, tree.OrphanCount));
    }

    [Fact]
    public void Sums_count_everything_below()
    {
        var tree = new TraceTree(WebShop.Checkout(WebShop.CheckoutId, NowNs).Trace);
        foreach (TraceNode node in tree.Nodes)
        {
            List<TraceNode> below = [.. tree.Nodes.Skip(node.Index + 1).TakeWhile(other => other.Level > node.Level)];
            Assert.Equal(below.Count, node.Below);
            Assert.Equal(below.Count(other => other.Span?.IsError == true), node.ErrorsBelow);
        }
    }

    [Fact]
    public void A_loop_of_parents_loses_no_span()
    {
        var sketch = new TraceSketch(new TraceId(1, 1), NowNs);
        SpanId a = sketch.Add("s", "a", 0, 5);
        SpanId b = sketch.Add("s", "b", 1, 5, a);
        Span first = sketch.Spans[0] with { ParentSpanId = b };
        var tree = new TraceTree(new Trace(sketch.TraceId, [first, sketch.Spans[1]]));
        Assert.Equal(2, tree.SpanCount);
        Assert.Equal(2, tree.Nodes.Count);
    }

    [Fact]
    public void A_trace_as_deep_as_it_is_long_is_built()
    {
        var sketch = new TraceSketch(new TraceId(1, 2), NowNs);
        SpanId parent = default;
        for (int i = 0; i < 20_000; i++)
            parent = sketch.Add("s", "n", i, 1, parent);
        var tree = new TraceTree(sketch.Trace);
        Assert.Equal(20_000, tree.Depth);
        Assert.Equal(19_999, tree.Nodes[0].Below);
    }

    [Fact]
    public void Folding_takes_the_subtree_away_and_opening_brings_it_back()
    {
        var tree = new TraceTree(WebShop.Checkout(WebShop.CheckoutId, NowNs).Trace);
        TraceNode cart = Assert.Single(tree.Nodes, node => node.Span?.Name == "CartService/GetCart");
        TimelineView folded = new TimelineView().Toggle(cart);
        Assert.Equal(tree.Nodes.Count - cart.Below, Model(tree, folded).VisibleCount);
        Assert.Equal(tree.Nodes.Count, Model(tree, folded.Toggle(cart)).VisibleCount);
    }

    [Fact]
    public void One_node_can_be_opened_while_its_level_is_folded()
    {
        var tree = new TraceTree(WebShop.Checkout(WebShop.CheckoutId, NowNs).Trace);
        TimelineView view = new TimelineView { Level = 1 }.Toggle(tree.Nodes[0]);
        Assert.Contains(tree.Nodes[0].Key, view.Open);
        Assert.Equal(2 + tree.Nodes[0].Children.Count, Model(tree, view).VisibleCount);
        Assert.Equal(2, Model(tree, view.Toggle(tree.Nodes[0])).VisibleCount);
    }

    [Fact]
    public void A_view_comes_back_from_its_own_address()
    {
        var view = new TimelineView { Level = 3, Fold = ["a", "b"], Open = ["c"], Span = "d", Find = "x \"y z\" <&>", At = 4, Row = 501 };
        TimelineView read = TimelineView.Read(new QueryCollection(QueryHelpers.ParseQuery(view.Query)));
        Assert.Equal(view.Query, read.Query);
        Assert.Equal((3, 4, 501, "d", view.Find), (read.Level, read.At, read.Row, read.Span, read.Find));
        Assert.Equal("?", new TimelineView().Query);
    }

    [Fact]
    public void The_current_match_is_unfolded_and_counted_over_folded_rows()
    {
        var tree = new TraceTree(WebShop.Checkout(WebShop.CheckoutId, NowNs).Trace);
        TimelineModel counted = Model(tree, new TimelineView { Level = 1, Find = "cardnet" });
        Assert.Equal(2, counted.Matches.Count);
        Assert.Equal(2, counted.VisibleCount);
        TimelineModel visited = Model(tree, new TimelineView { Level = 1, Find = "cardnet", At = 2 });
        Assert.Contains(visited.Current, visited.Rows);
    }

    [Fact]
    public void Long_timelines_come_in_windows_that_follow_the_selected_span()
    {
        var sketch = new TraceSketch(new TraceId(1, 3), NowNs);
        SpanId root = sketch.Add("s", "root", 0, 10_000);
        for (int i = 0; i < 1_999; i++)
            sketch.Add("s", "child " + i, i, 1, root);
        var tree = new TraceTree(sketch.Trace);

        TimelineModel first = Model(tree, new TimelineView());
        Assert.Equal((0, TimelineModel.WindowRows, 2_000), (first.FirstRow, first.Rows.Count, first.VisibleCount));
        Assert.Null(first.Earlier);
        TimelineModel second = Model(tree, first.Later!);
        Assert.Equal(TimelineModel.WindowRows, second.FirstRow);
        Assert.Equal(1, second.Earlier!.Row);

        TimelineModel selected = Model(tree, new TimelineView { Span = sketch.Spans[1_500].SpanId.ToString() });
        Assert.Contains(selected.Selected, selected.Rows);
        Assert.Null(Model(tree, new TimelineView { Row = 1_900 }).Later);
        Assert.Single(Model(tree, new TimelineView { Row = int.MaxValue }).Rows);
    }

    [Fact]
    public void The_overview_of_many_spans_is_bounded()
    {
        var sketch = new TraceSketch(new TraceId(1, 4), NowNs);
        SpanId root = sketch.Add("s", "root", 0, 20_000);
        for (int i = 0; i < 20_000; i++)
            sketch.Add("s" + i % 40, "child", i, 1, root);
        Overview overview = Model(new TraceTree(sketch.Trace), new TimelineView()).Overview;
        Assert.InRange(overview.Rectangles.Count, 2, 2_000);
        Assert.All(overview.Rectangles, rectangle => Assert.InRange(rectangle.Y + rectangle.Height, 0, Overview.Height + 1));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(1, long.MaxValue)]
    [InlineData(-5, -9)]
    public void Times_without_sense_still_give_coordinates(long startNs, long durationNs)
    {
        var sketch = new TraceSketch(new TraceId(1, 5), NowNs);
        sketch.Add("s", "a", 0, 5);
        sketch.Add("s", "b", 0, 5);
        sketch.Change(span => span with { StartNs = startNs, DurationNs = durationNs });
        TimelineModel model = Model(new TraceTree(sketch.Trace), new TimelineView());
        foreach (TraceNode node in model.Rows)
        {
            Assert.InRange(model.Scale.X(node.Span!.StartNs), 0, 100);
            Assert.InRange(model.Scale.Width(node.Span.DurationNs), TimelineScale.MinWidth, 100);
        }
        Assert.InRange(model.Scale.Ticks().Count(), 1, 6);
    }

    [Fact]
    public void Self_time_leaves_out_what_children_cover_once()
    {
        var sketch = new TraceSketch(new TraceId(1, 6), NowNs);
        SpanId root = sketch.Add("s", "root", 0, 100);
        sketch.Add("s", "a", 10, 30, root);
        sketch.Add("s", "b", 20, 30, root);
        sketch.Add("s", "late", 90, 50, root);
        Assert.Equal(50_000_000, SpanSigns.SelfNs(new TraceTree(sketch.Trace).Nodes[0]));
    }

    private static TimelineModel Model(TraceTree tree, TimelineView view) => new(tree, view, new ServiceColors());
}
