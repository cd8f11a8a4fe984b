using System.Diagnostics.Metrics;
using Clew.Server.Operations.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Clew.Server.Tests.Operations;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly PrometheusExporter exporter;
    private readonly Meter meter;

    public PrometheusExporterTests()
    {
        IMeterFactory meters = services.GetRequiredService<IMeterFactory>();
        exporter = new PrometheusExporter(meters, NullLogger<PrometheusExporter>.Instance);
        meter = meters.Create("Clew.Test");
    }

    public void Dispose()
    {
        exporter.Dispose();
        services.Dispose();
    }

    [Fact]
    public void A_counter_adds_up_by_its_labels_in_whatever_order_they_come()
    {
        Counter<long> counter = meter.CreateCounter<long>("clew.test.spans", "{span}", "Spans\nseen.");
        counter.Add(2, new("receiver", "a"), new KeyValuePair<string, object?>("reason.code", 7));
        counter.Add(3, new("reason.code", 7), new KeyValuePair<string, object?>("receiver", "a"));
        counter.Add(1, new KeyValuePair<string, object?>("receiver", "quote\" slash\\ line\n"));
        Assert.Equal(
            """
            # HELP clew_test_spans_total Spans\nseen.
            # TYPE clew_test_spans_total counter
            clew_test_spans_total{reason_code="7",receiver="a"} 5
            clew_test_spans_total{receiver="quote\" slash\\ line\n"} 1

            """.ReplaceLineEndings("\n"),
            exporter.Write());
    }

    [Fact]
    public void A_histogram_has_cumulated_buckets_whose_bounds_belong_to_them()
    {
        Histogram<double> histogram = meter.CreateHistogram(
            "clew.test.time", "s", null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (double measurement in new[] { 0.25, 0.5, 0.75, 1, 8 })
            histogram.Record(measurement);
        Assert.Contains(
            """
            # TYPE clew_test_time_seconds histogram
            clew_test_time_seconds_bucket{le="0.5"} 2
            clew_test_time_seconds_bucket{le="1"} 4
            clew_test_time_seconds_bucket{le="+Inf"} 5
            clew_test_time_seconds_sum 10.5
            clew_test_time_seconds_count 5

            """.ReplaceLineEndings("\n"),
            exporter.Write(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_observed_series_goes_when_it_is_no_longer_reported()
    {
        string[] queues = ["a", "b"];
        meter.CreateObservableGauge("clew.test.depth", () => queues.Select(queue => new Measurement<int>(1, new KeyValuePair<string, object?>("queue", queue))));
        Assert.Contains("queue=\"b\"", exporter.Write(), StringComparison.Ordinal);
        queues = ["a"];
        string text = exporter.Write();
        Assert.Contains("queue=\"a\"} 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("queue=\"b\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Gauges_and_up_down_counters_have_their_present_value()
    {
        meter.CreateGauge<double>("clew.test.temperature").Record(double.PositiveInfinity);
        UpDownCounter<int> open = meter.CreateUpDownCounter<int>("clew.test.open");
        open.Add(3);
        open.Add(-1);
        string text = exporter.Write();
        Assert.Contains("# TYPE clew_test_open gauge\nclew_test_open 2\n", text, StringComparison.Ordinal);
        Assert.Contains("clew_test_temperature +Inf\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_without_end_are_added_up_in_one_series()
    {
        Counter<int> counter = meter.CreateCounter<int>("clew.test.users");
        for (int i = 0; i < MetricFamily.SeriesMax + 50; i++)
            counter.Add(1, new KeyValuePair<string, object?>("user", i));
        string[] lines = [.. exporter.Write().Split('\n').Where(line => line.StartsWith("clew_test_users_total", StringComparison.Ordinal))];
        Assert.Equal(MetricFamily.SeriesMax + 1, lines.Length);
        Assert.Contains("clew_test_users_total{otel_metric_overflow=\"true\"} 50", lines);
    }

    [Fact]
    public void Nothing_is_lost_when_many_threads_measure()
    {
        Counter<int> counter = meter.CreateCounter<int>("clew.test.hits");
        Parallel.For(0, 10_000, i => counter.Add(1, new KeyValuePair<string, object?>("even", i % 2 == 0)));
        Assert.Contains("{even=\"True\"} 5000\n", exporter.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_instrument_that_cannot_be_read_does_not_hide_the_others()
    {
        meter.CreateObservableGauge("clew.test.broken", new Func<int>(() => throw new InvalidOperationException("broken")));
        meter.CreateObservableGauge("clew.test.sound", () => 1);
        string text = exporter.Write();
        Assert.Contains("clew_test_sound 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("clew_test_broken", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_meters_of_this_server_are_shown()
    {
        using ServiceProvider other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("Clew.Test").CreateCounter<int>("clew.test.other").Add(1);
        services.GetRequiredService<IMeterFactory>().Create("Fabric").CreateCounter<int>("clew.test.fabric").Add(1);
        Assert.Empty(exporter.Write());
    }

    [Theory]
    [InlineData("clew.ingest.spans", "{span}", "counter", "clew_ingest_spans_total")]
    [InlineData("clew.ingest.bytes.received", "By", "counter", "clew_ingest_bytes_received_total")]
    [InlineData("process.cpu", "s", "counter", "process_cpu_seconds_total")]
    [InlineData("clew.queue", "By", "gauge", "clew_queue_bytes")]
    [InlineData("clew.cache.hits", "1", "gauge", "clew_cache_hits_ratio")]
    [InlineData("5xx-answers", null, "gauge", "_5xx_answers")]
    public void Names_follow_the_rules_of_prometheus(string name, string? unit, string kind, string expected) =>
        Assert.Equal(expected, MetricName.Of(name, unit, Enum.Parse<MetricKind>(kind, ignoreCase: true)));
}
