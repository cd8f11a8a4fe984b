using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance.Cases;

namespace Clew.Storage.Conformance;

/// <summary>Who calls whom: Zipkin's ITDependencies and ITDependenciesHeavy.</summary>
public abstract partial class SpanStoreConformance
{
    [Theory]
    [MemberData(nameof(EdgeCases.Names), MemberType = typeof(EdgeCases))]
    public async Task Service_edges_when(string name)
    {
        EdgeCase asked = EdgeCases.All.Single(each => each.Name == name);
        await WriteAsync(asked.Spans);
        await AssertEdgesAsync(TimeRange.All, asked.Edges);
    }

    [Fact]
    public async Task A_trace_counts_whole_when_one_of_its_spans_starts_in_the_range_and_else_not_at_all()
    {
        await AssertEdgesAsync(TimeRange.All, []);
        await WriteAsync(EdgeCases.UsualTrace);
        await AssertEdgesAsync(new TimeRange(DayNs + (90 * MsNs), DayNs + (110 * MsNs)), EdgeCases.UsualEdges);
        await AssertEdgesAsync(new TimeRange(0, DayNs - 1), []);
        await AssertEdgesAsync(new TimeRange(DayNs + HourNs, DayNs + (2 * HourNs)), []);
    }

    [Fact]
    public async Task Days_are_asked_for_alone_and_together()
    {
        const long yesterdayNs = DayNs - (24 * HourNs);
        await WriteAsync(EdgeCases.UsualTrace);
        await WriteAsync(EdgeCases.UsualTrace.Select(span => span with { TraceId = new TraceId(1, 99), StartNs = span.StartNs - (24 * HourNs) }));
        await AssertEdgesAsync(new TimeRange(yesterdayNs, DayNs - 1), EdgeCases.UsualEdges);
        await AssertEdgesAsync(new TimeRange(DayNs, DayNs + HourNs), EdgeCases.UsualEdges);
        await AssertEdgesAsync(
            new TimeRange(yesterdayNs, DayNs + HourNs),
            [.. EdgeCases.UsualEdges.Select(edge => edge with { CallCount = edge.CallCount * 2, ErrorCount = edge.ErrorCount * 2 })]);
    }

    [Fact]
    public async Task A_repeated_trace_counts_once()
    {
        await WriteAsync(EdgeCases.UsualTrace);
        await WriteAsync(EdgeCases.UsualTrace);
        await AssertEdgesAsync(TimeRange.All, EdgeCases.UsualEdges);
    }

    [Fact]
    public async Task Many_services_give_many_edges()
    {
        for (int i = 0; i < 256; i++)
        {
            int number = i;
            await WriteAsync(EdgeCases.UsualTrace.Select(span => span with
            {
                TraceId = new TraceId(1, (ulong)number + 1),
                Resource = TestSpan.Resource($"{span.ServiceName} {number}"),
                RemoteEndpoint = span.RemoteEndpoint is { } remote ? remote with { ServiceName = $"{remote.ServiceName} {number}" } : null,
                LocalEndpoint = null,
            }));
        }
        IReadOnlyList<ServiceEdge> edges = await Store.GetServiceEdgesAsync(TimeRange.All, CancellationToken.None);
        Assert.Equal(512, edges.Count);
        Assert.All(edges, edge => Assert.Equal(1, edge.CallCount));
    }

    private async Task AssertEdgesAsync(TimeRange range, IEnumerable<ServiceEdge> expected) =>
        Assert.Equal(expected, await Store.GetServiceEdgesAsync(range, CancellationToken.None));
}
