using Clew.Model;
using Clew.Query.Metrics;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Query.Tests.Metrics;

public sealed class MetricCalculatorTests
{
    private const long Minute = MinuteAggregate.MinuteNs;
    private const long T0 = 29_916_666 * Minute;

    [Fact]
    public void A_point_counts_the_minutes_that_begin_within_its_window()
    {
        MinuteAggregate[] rows = [Row(0, calls: 60), Row(1, calls: 120), Row(3, calls: 600)];

        MetricSeries series = Assert.Single(Calculate(rows, minutes: 4, windowMinutes: 2, MetricWindow.CallRate));

        Assert.Equal([0, 0.5, 1.5, 1, 5], series.Points.Select(point => point.Value));
        Assert.Equal([T0, T0 + Minute, T0 + 2 * Minute, T0 + 3 * Minute, T0 + 4 * Minute], series.Points.Select(point => point.TimeNs));
    }

    [Fact]
    public void Where_nothing_was_called_there_is_no_share_of_errors_and_no_latency()
    {
        MinuteAggregate[] rows = [Row(0, calls: 3), Row(0, calls: 1, status: StatusCode.Error), Row(3, calls: 1)];

        MetricSeries errors = Assert.Single(Calculate(rows, minutes: 4, windowMinutes: 1, MetricWindow.ErrorShare));
        MetricSeries latencies = Assert.Single(Calculate(rows, minutes: 4, windowMinutes: 1, MetricWindow.LatencyMs(0.5)));

        Assert.Equal([(T0 + Minute, 0.25), (T0 + 4 * Minute, 0)], errors.Points.Select(point => (point.TimeNs, point.Value)));
        Assert.Equal([T0 + Minute, T0 + 4 * Minute], latencies.Points.Select(point => point.TimeNs));
    }

    [Fact]
    public void Other_kinds_do_not_count_and_operations_can_be_told_apart()
    {
        MinuteAggregate[] rows = [Row(0, calls: 60, operation: "b"), Row(0, calls: 60, operation: "a"), Row(0, calls: 60, operation: "c", kind: SpanKind.Client)];

        Assert.Equal(["a", "b"], Calculate(rows, minutes: 1, windowMinutes: 1, MetricWindow.CallRate, byOperation: true).Select(series => series.Operation));
        MetricSeries whole = Assert.Single(Calculate(rows, minutes: 1, windowMinutes: 1, MetricWindow.CallRate));
        Assert.Equal((null, 2.0), (whole.Operation, whole.Points[^1].Value));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(60_000, 60)]
    [InlineData(60_001, 120)]
    public void A_window_is_rounded_up_to_whole_minutes(long windowMs, long seconds) =>
        Assert.Equal(seconds * 1_000_000_000, new MetricQuestion(default, 1, windowMs * 1_000_000, new HashSet<SpanKind>(), false).WholeWindowNs);

    [Fact]
    public void Sliding_gives_what_summing_every_window_anew_gives()
    {
        var gen = from minutes in Gen.ListOf(Gen.Choose(-5, 30).SelectMany(minute => Gen.Choose(1, 1_000_000).Select(durationUs => (minute, durationUs))))
                  from step in Gen.Choose(1, 150)
                  from window in Gen.Choose(1, 12)
                  select (minutes, step, window);
        Properties.ForAll(gen, sample =>
        {
            var aggregator = new MinuteAggregator();
            foreach ((int minute, int durationUs) in sample.minutes)
                aggregator.Add(T0 + minute * Minute, "web", "a", SpanKind.Server, durationUs % 3 == 0 ? StatusCode.Error : StatusCode.Unset, durationUs * 1000L);
            IReadOnlyList<MinuteAggregate> rows = aggregator.ToList();
            var question = new MetricQuestion(new TimeRange(T0 + 17, T0 + 20 * Minute), sample.step * 1_000_000_000L, sample.window * Minute, Servers, false);
            foreach (Func<MetricWindow, double?> figure in new[] { MetricWindow.ErrorShare, MetricWindow.LatencyMs(0.9) })
            {
                MetricPoint[] points = [.. MetricCalculator.Calculate(rows, question, figure).SelectMany(series => series.Points)];
                foreach (MetricPoint point in points)
                {
                    MetricPoint alone = MetricCalculator.Calculate(rows, question with { Range = new TimeRange(point.TimeNs, point.TimeNs) }, figure).Single().Points.Single();
                    Assert.Equal(alone, point);
                }
            }
        });
    }

    private static HashSet<SpanKind> Servers { get; } = [SpanKind.Server];

    private static IReadOnlyList<MetricSeries> Calculate(MinuteAggregate[] rows, int minutes, int windowMinutes, Func<MetricWindow, double?> figure, bool byOperation = false) =>
        MetricCalculator.Calculate(rows, new MetricQuestion(new TimeRange(T0, T0 + minutes * Minute), Minute, windowMinutes * Minute, Servers, byOperation), figure);

    private static MinuteAggregate Row(
        int minute, long calls, string operation = "a", SpanKind kind = SpanKind.Server, StatusCode status = StatusCode.Unset, long durationNs = 1_000_000)
    {
        var latencies = new LatencyHistogram();
        latencies.AddBucket(LatencyBuckets.Of(durationNs), calls);
        return new MinuteAggregate(T0 + minute * Minute, "web", operation, kind, status, calls, latencies);
    }
}
