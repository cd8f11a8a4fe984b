using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Delivery;
using OpenTelemetry;

namespace Clew.Tracing.Tests.Exporters;

/// <summary>Whatever a server does, every span is either with it or counted as lost.</summary>
public sealed class DeliveryBalanceTests : IAsyncLifetime
{
    private const int FlushMs = 60_000;

    private readonly FakeCollector collector = new();
    private readonly string directory = Directory.CreateTempSubdirectory("clew-balance").FullName;

    public Task InitializeAsync() => collector.StartAsync();

    public async Task DisposeAsync()
    {
        await collector.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData(1024 * 1024, 16 * 1024 * 1024, true)]
    [InlineData(8 * 1024, 16 * 1024 * 1024, true)]
    [InlineData(8 * 1024, 40 * 1024, true)]
    [InlineData(8 * 1024, 1, false)]
    public async Task Spans_queued_are_spans_sent_and_spans_lost(long memoryBytes, long spoolBytes, bool hasSpool)
    {
        var random = new Random(20261120);
        // Slow, refusing for now and for good, hanging up; the better half of the answers is a good one.
        collector.Answer = async context =>
        {
            int kind;
            lock (random)
                kind = random.Next(12);
            if (kind == 0)
                context.Abort();
            else if (kind == 1)
                await Task.Delay(20, context.RequestAborted);
            await (kind switch
            {
                2 => FakeCollector.Status(503, retryAfter: "0"),
                3 => FakeCollector.Status(429),
                4 => FakeCollector.Status(400),
                _ => FakeCollector.Accept,
            })(context);
        };
        var options = new ZipkinExporterOptions { Endpoint = collector.Endpoint };
        options.Delivery.MemoryBytesMax = memoryBytes;
        options.Delivery.SpoolBytesMax = spoolBytes;
        options.Delivery.SpoolDirectory = hasSpool ? directory : null;
        options.Delivery.RetryDelayMin = TimeSpan.FromMilliseconds(1);
        options.Delivery.RetryDelayMax = TimeSpan.FromMilliseconds(10);
        using var exporter = new ZipkinExporter(options);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                Activity[] spans = [Activities.Plain($"{thread}/{i}/a", new string('x', 500)), Activities.Plain($"{thread}/{i}/b")];
                exporter.Export(new Batch<Activity>(spans, spans.Length));
            }
        })));
        Assert.True(exporter.ForceFlush(FlushMs));

        DeliveryCounters counters = exporter.Counters;
        Assert.Equal(120, counters.Queued);
        Assert.Equal(counters.Queued, counters.Sent + counters.DroppedTotal);
        Assert.True(counters.Retried > 0);
        // An answer that was lost on its way is a span that comes again; none is missing.
        Assert.InRange(collector.Names.Distinct().Count(), (int)counters.Sent, 120);
        Assert.Equal(hasSpool, counters.Dropped(DropReasons.QueueFull) == 0);
        Assert.Empty(Directory.GetFiles(directory, "*" + SpoolFile.Extension, SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_metrics_of_an_exporter_say_what_became_of_its_spans()
    {
        var seen = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, on) =>
        {
            if (instrument.Meter.Name == "Clew.Tracing")
                on.EnableMeasurementEvents(instrument);
        };
        // This exporter alone reports as jaeger-http here.
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            if (tags.Length > 0 && Equals(tags[0].Value, "jaeger-http"))
                seen.AddOrUpdate(instrument.Name["clew.tracing.exporter.".Length..], count, (_, before) => before + count);
        });
        listener.Start();
        await collector.StopAsync();
        using var exporter = new JaegerHttpExporter(new JaegerHttpExporterOptions { Endpoint = collector.Endpoint });
        Activity[] spans = [Activities.Plain(), Activities.Plain()];

        exporter.Export(new Batch<Activity>(spans, spans.Length));
        exporter.Shutdown(1_000);

        Assert.Equal(2, seen["queued"]);
        Assert.Equal(2, seen["dropped"]);
        Assert.False(seen.ContainsKey("sent"));
    }
}
