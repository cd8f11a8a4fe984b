using System.Diagnostics;
using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Delivery;
using OpenTelemetry;

namespace Clew.Tracing.Tests.Exporters;

/// <summary>The Zipkin exporter against a real server that fails in the ways servers do.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private const int FlushMs = 20_000;

    private readonly FakeCollector collector = new();
    private readonly string directory = Directory.CreateTempSubdirectory("clew-spool").FullName;

    public Task InitializeAsync() => collector.StartAsync();

    public async Task DisposeAsync()
    {
        await collector.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Spans_arrive_plain_and_compressed(bool gzip)
    {
        using ZipkinExporter exporter = Create(options => options.Gzip = gzip);

        Export(exporter, "a", "b");

        Assert.True(exporter.ForceFlush(FlushMs));
        Assert.Equal(["a", "b"], collector.Names);
        Assert.Equal((2, 2, 0), (exporter.Counters.Queued, exporter.Counters.Sent, exporter.Counters.DroppedTotal));
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_server_is_away()
    {
        await collector.StopAsync();
        using ZipkinExporter exporter = Create();

        for (int i = 0; i < 20; i++)
            Export(exporter, $"span {i}");
        Assert.False(exporter.ForceFlush(50));
        await collector.StartAsync();

        Assert.True(exporter.ForceFlush(FlushMs));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"span {i}"), collector.Names);
        Assert.True(exporter.Counters.Retried > 0);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void What_may_pass_is_tried_again(int status)
    {
        int answers = 0;
        collector.Answer = context => Interlocked.Increment(ref answers) < 3 ? FakeCollector.Status(status)(context) : FakeCollector.Accept(context);
        using ZipkinExporter exporter = Create();

        Export(exporter, "a");

        Assert.True(exporter.ForceFlush(FlushMs));
        Assert.Equal(["a"], collector.Names);
        Assert.Equal(2, exporter.Counters.Retried);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(500)]
    public void What_is_refused_for_good_is_counted_and_the_next_goes_on(int status)
    {
        int answers = 0;
        collector.Answer = context => Interlocked.Increment(ref answers) == 1 ? FakeCollector.Status(status)(context) : FakeCollector.Accept(context);
        using ZipkinExporter exporter = Create();

        Export(exporter, "refused", "refused too");
        Export(exporter, "taken");

        Assert.True(exporter.ForceFlush(FlushMs));
        Assert.Equal(["taken"], collector.Names);
        Assert.Equal(2, exporter.Counters.Dropped(DropReasons.Refused));
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        var times = new List<long>();
        collector.Answer = context =>
        {
            times.Add(Stopwatch.GetTimestamp());
            return times.Count == 1 ? FakeCollector.Status(503, retryAfter: "1")(context) : FakeCollector.Accept(context);
        };
        using ZipkinExporter exporter = Create();

        Export(exporter, "a");
        await collector.RequestsAsync(2);

        Assert.True(exporter.ForceFlush(FlushMs));
        Assert.InRange(Stopwatch.GetElapsedTime(times[0], times[1]).TotalSeconds, 0.95, 15);
    }

    [Fact]
    public void A_server_that_hangs_is_given_up_on_and_tried_again()
    {
        int answers = 0;
        collector.Answer = context => Interlocked.Increment(ref answers) == 1
            ? Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default)
            : FakeCollector.Accept(context);
        using ZipkinExporter exporter = Create(options => options.Delivery.RequestTimeout = TimeSpan.FromMilliseconds(200));

        Export(exporter, "a");

        Assert.True(exporter.ForceFlush(FlushMs));
        Assert.Equal(1, exporter.Counters.Sent);
    }

    [Fact]
    public async Task Beyond_the_memory_bound_the_oldest_are_dropped_and_counted()
    {
        await collector.StopAsync();
        using ZipkinExporter exporter = Create(options => options.Delivery.MemoryBytesMax = 8 * 1024);

        for (int i = 0; i < 100; i++)
            Export(exporter, $"span {i}");
        await collector.StartAsync();

        Assert.True(exporter.ForceFlush(FlushMs));
        long dropped = exporter.Counters.Dropped(DropReasons.QueueFull);
        Assert.InRange(dropped, 80, 99);
        Assert.Equal(100 - dropped, exporter.Counters.Sent);
        Assert.Equal("span 99", collector.Names.Last());
    }

    [Fact]
    public async Task Beyond_the_memory_bound_the_spool_takes_the_oldest_and_all_arrive_in_order()
    {
        await collector.StopAsync();
        using ZipkinExporter exporter = Create(options =>
        {
            options.Delivery.MemoryBytesMax = 8 * 1024;
            options.Delivery.SpoolDirectory = directory;
        });

        for (int i = 0; i < 60; i++)
            Export(exporter, $"span {i}");
        await collector.StartAsync();

        Assert.True(exporter.ForceFlush(FlushMs));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"span {i}"), collector.Names);
        Assert.True(exporter.Counters.Spooled >= 40);
        Assert.Equal(0, exporter.Counters.DroppedTotal);
        Assert.Empty(SpooledFiles());
    }

    [Fact]
    public async Task What_shutdown_could_not_send_is_sent_in_order_by_the_next_process()
    {
        await collector.StopAsync();
        using (ZipkinExporter first = Create(Spooling))
        {
            for (int i = 0; i < 10; i++)
                Export(first, $"span {i}");
            Assert.False(first.Shutdown(2_000));
            Assert.Equal((10, 0), (first.Counters.Spooled, first.Counters.DroppedTotal));
        }
        Assert.Equal(10, SpooledFiles().Length);

        await collector.StartAsync();
        using ZipkinExporter second = Create(Spooling);
        Export(second, "new");

        Assert.True(second.ForceFlush(FlushMs));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"span {i}").Append("new"), collector.Names);
        Assert.Empty(SpooledFiles());
    }

    [Fact]
    public async Task Without_a_spool_what_shutdown_could_not_send_is_counted()
    {
        await collector.StopAsync();
        using ZipkinExporter exporter = Create();

        Export(exporter, "a", "b");

        Assert.False(exporter.Shutdown(2_000));
        Assert.Equal(2, exporter.Counters.Dropped(DropReasons.Shutdown));
    }

    [Fact]
    public void Shutdown_sends_what_is_queued()
    {
        using ZipkinExporter exporter = Create();
        Export(exporter, "a");
        Export(exporter, "b");

        Assert.True(exporter.Shutdown(FlushMs));
        Assert.Equal(["a", "b"], collector.Names);
    }

    [Fact]
    public async Task Shutdown_keeps_its_time_limit_though_the_server_hangs()
    {
        collector.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        using ZipkinExporter exporter = Create(Spooling);
        Export(exporter, "a");

        long start = Stopwatch.GetTimestamp();
        Assert.False(await Task.Run(() => exporter.Shutdown(200)));

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 8);
        Assert.Equal(1, exporter.Counters.Spooled);
    }

    [Fact]
    public async Task Spans_exported_from_many_threads_all_arrive_once()
    {
        using ZipkinExporter exporter = Create(options => options.Delivery.SpoolDirectory = directory);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 100; i++)
                Export(exporter, $"{thread}/{i}");
        })));

        Assert.True(exporter.ForceFlush(FlushMs));
        Assert.Equal(
            Enumerable.Range(0, 4).SelectMany(thread => Enumerable.Range(0, 100).Select(i => $"{thread}/{i}")).Order(StringComparer.Ordinal),
            collector.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_exporters_on_one_directory_send_nothing_twice()
    {
        await collector.StopAsync();
        using (ZipkinExporter before = Create(Spooling))
        {
            for (int i = 0; i < 10; i++)
                Export(before, $"span {i}");
            before.Shutdown(2_000);
        }
        await collector.StartAsync();
        using ZipkinExporter one = Create(Spooling);
        using ZipkinExporter other = Create(Spooling);
        Export(one, "one");
        Export(other, "other");

        Assert.True(one.ForceFlush(FlushMs));
        Assert.True(other.ForceFlush(FlushMs));
        Assert.Equal(12, collector.Names.Count);
        Assert.Equal(12, collector.Names.Distinct().Count());
    }

    private void Spooling(ZipkinExporterOptions options) => options.Delivery.SpoolDirectory = directory;

    private string[] SpooledFiles() => Directory.GetFiles(directory, "*" + SpoolFile.Extension, SearchOption.AllDirectories);

    private ZipkinExporter Create(Action<ZipkinExporterOptions>? configure = null)
    {
        var options = new ZipkinExporterOptions { Endpoint = collector.Endpoint };
        options.Delivery.RetryDelayMin = TimeSpan.FromMilliseconds(10);
        options.Delivery.RetryDelayMax = TimeSpan.FromMilliseconds(100);
        configure?.Invoke(options);
        return new ZipkinExporter(options);
    }

    private static void Export(ZipkinExporter exporter, params string[] names)
    {
        Activity[] spans = [.. names.Select(name => Activities.Plain(name))];
        exporter.Export(new Batch<Activity>(spans, spans.Length));
    }
}
