using Clew.Model;
using Clew.Server.Web;

namespace Clew.Server.Tests.Web;

public sealed class SearchPlotTests
{
    private static readonly TimeRange Hour = new(1_795_176_000_000_000_000, 1_795_179_600_000_000_000);

    [Fact]
    public void Points_lie_in_the_picture_at_their_time_and_duration()
    {
        var plot = new SearchPlot([At(0.75, 8e9), At(0.5, 1e9), At(0.25, 1e8)], Hour, more: false);
        Assert.Equal([75, 50, 25], plot.Points.Select(point => Math.Round(point.XPercent)));
        Assert.True(plot.Points[0].Y < plot.Points[1].Y && plot.Points[1].Y < plot.Points[2].Y);
        Assert.All(plot.Points, point => Assert.InRange(point.Y, SearchPlot.Top, SearchPlot.Bottom));
    }

    [Fact]
    public void Traces_that_began_before_the_range_stand_at_its_edge() =>
        Assert.Equal(0, Assert.Single(new SearchPlot([At(-2, 1e9)], Hour, more: false).Points).XPercent);

    [Fact]
    public void Equal_and_absent_durations_still_have_a_scale()
    {
        var plot = new SearchPlot([At(0.1, 0), At(0.1, 0)], new TimeRange(5, 5), more: false);
        Assert.All(plot.Points, point => Assert.True(double.IsFinite(point.Y) && double.IsFinite(point.XPercent)));
    }

    [Fact]
    public void Failed_traces_are_drawn_first_and_none_beyond_the_bound()
    {
        List<TraceSummary> traces = [.. Enumerable.Range(0, 1000).Select(i => At(1 - i / 1000.0, 1e9, i % 10 == 0 ? 1 : 0))];
        IReadOnlyList<TraceSummary> sample = SearchPlot.Sample(traces);
        Assert.Equal(SearchPlot.MaxPoints, sample.Count);
        Assert.Equal(100, sample.Count(trace => trace.ErrorCount > 0));
        Assert.Contains(sample, trace => trace.ErrorCount == 0 && trace.StartNs < Hour.FromNs + 100_000_000_000);
    }

    [Fact]
    public void The_strip_counts_every_trace()
    {
        List<TraceSummary> traces = [.. Enumerable.Range(0, 600).Select(i => At(0.999 - i / 601.0, 1e9, i % 3 == 0 ? 1 : 0))];
        var plot = new SearchPlot(traces, Hour, more: false);
        Assert.Equal(60, plot.Bars.Count);
        double scale = plot.Bars.Max(bar => bar.Height) / plot.BusiestCount;
        Assert.Equal(600, plot.Bars.Sum(bar => bar.Height) / scale, 3);
        Assert.Equal(200, plot.Bars.Sum(bar => bar.FailedHeight) / scale, 3);
    }

    [Fact]
    public void When_there_are_older_traces_their_buckets_stay_empty()
    {
        var plot = new SearchPlot([At(0.9, 1e9), At(0.5, 1e9)], Hour, more: true);
        Assert.Equal(90, Assert.Single(plot.Bars).XPercent, 0);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3600)]
    [InlineData(86400 * 7)]
    [InlineData(86400 * 365 * 50)]
    public void Time_labels_are_few(long seconds) =>
        Assert.InRange(TimeAxis.Labels(Hour.FromNs, Hour.FromNs + seconds * 1_000_000_000).Count(), 1, 7);

    [Theory]
    [InlineData(1e3, 9e9)]
    [InlineData(1e9, 1.1e9)]
    [InlineData(1e6, 8e6)]
    [InlineData(0, 9e18)]
    public void Grid_lines_are_at_most_four_and_inside(double lowNs, double highNs)
    {
        var plot = new SearchPlot([At(0.5, lowNs), At(0.5, highNs)], Hour, more: false);
        Assert.InRange(plot.GridLines.Count, 1, 4);
        Assert.All(plot.GridLines, line => Assert.InRange(line.Y, SearchPlot.Top - 0.01, SearchPlot.Bottom + 0.01));
    }

    private static TraceSummary At(double part, double durationNs, int errors = 0) => new()
    {
        TraceId = new TraceId(1, 1),
        RootName = "r",
        RootServiceName = "s",
        StartNs = Hour.FromNs + (long)(part * (Hour.ToNs - Hour.FromNs)),
        DurationNs = (long)durationNs,
        SpanCount = 3,
        ErrorCount = errors,
    };
}
