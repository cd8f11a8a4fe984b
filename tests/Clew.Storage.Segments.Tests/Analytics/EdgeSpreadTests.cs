using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance.Cases;
using Clew.Storage.Segments.Analytics;

namespace Clew.Storage.Segments.Tests.Analytics;

/// <summary>Edges of traces whose spans came at different times, by hand.</summary>
public class EdgeSpreadTests
{
    public static TheoryData<string> Cases => EdgeCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Columns_answer_as_the_reference_when(string name)
    {
        EdgeCase asked = EdgeCases.All.Single(each => each.Name == name);
        var model = new SegmentModel();
        model.Append(asked.Spans);
        Assert.Equal(asked.Edges, Ask(model));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_span_in_a_segment_of_its_own_makes_no_difference_when(string name)
    {
        EdgeCase asked = EdgeCases.All.Single(each => each.Name == name);
        var model = new SegmentModel();
        foreach (Span span in asked.Spans.Reverse())
        {
            model.Append([span]);
            model.Seal();
        }
        Assert.Equal(asked.Edges, Ask(model));
        model.Restart();
        Assert.Equal(asked.Edges, Ask(model));
    }

    [Fact]
    public void A_late_server_takes_its_clients_edge_back()
    {
        IReadOnlyList<Span> trace = EdgeCases.UsualTrace;
        var model = new SegmentModel();
        model.Append([trace[0], trace[1], trace[3]]);
        model.Seal();
        IReadOnlyList<ServiceEdge> early = Ask(model);
        model.Append([trace[2]]);
        Assert.Equal(EdgeCases.UsualEdges, Ask(model));
        model.Seal();
        Assert.Equal(EdgeCases.UsualEdges, Ask(model));
        model.Drop(1);
        Assert.Equal(early, Ask(model));
    }

    [Fact]
    public void What_is_left_of_a_trace_counts_when_the_segment_with_its_beginning_is_deleted()
    {
        IReadOnlyList<Span> trace = EdgeCases.UsualTrace;
        var model = new SegmentModel();
        foreach (Span span in trace)
        {
            model.Append([span]);
            model.Seal();
        }
        model.Drop(0);
        model.Restart();
        Assert.Equal(DependencyLinker.Link([new Trace(trace[0].TraceId, [.. trace.Skip(1)])]), Ask(model));
    }

    [Fact]
    public void A_trace_longer_than_the_range_is_decided_by_its_spans_between()
    {
        const long minuteNs = 60_000_000_000;
        Span[] trace = [.. EdgeCases.UsualTrace.Select((span, i) => span with { StartNs = EdgeCases.StartNs + i * 10 * minuteNs })];
        var model = new SegmentModel();
        foreach (Span span in trace)
        {
            model.Append([span]);
            model.Seal();
        }
        Assert.Equal(EdgeCases.UsualEdges, Ask(model, new TimeRange(trace[1].StartNs - minuteNs, trace[1].StartNs + minuteNs)));
        Assert.Empty(Ask(model, new TimeRange(trace[1].StartNs + minuteNs, trace[2].StartNs - minuteNs)));
        Assert.Equal(EdgeCases.UsualEdges, Ask(model, new TimeRange(trace[2].StartNs, trace[2].StartNs)));
        Assert.Empty(Ask(model, new TimeRange(trace[3].StartNs + 1, long.MaxValue)));
    }

    private static IReadOnlyList<ServiceEdge> Ask(SegmentModel model, TimeRange? range = null) =>
        EdgeQuery.Run(model.Tables, range ?? TimeRange.All, CancellationToken.None);
}
