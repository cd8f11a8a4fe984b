using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Pipeline;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Receivers;

public sealed class JaegerUdpTests : IAsyncLifetime
{
    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store);

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Theory]
    [InlineData("*-udp*.bin", nameof(ListenerRole.JaegerCompact))]
    [InlineData("jaeger-client-go-2.30.0-udp-rich.*.bin", nameof(ListenerRole.JaegerCompactLegacy))]
    [InlineData("node-jaeger-udp-?.bin", nameof(ListenerRole.JaegerBinary))]
    [InlineData("node-otel-jaeger-udp-?.bin", nameof(ListenerRole.JaegerBinary))]
    public async Task Datagrams_of_real_clients_are_stored(string pattern, string role)
    {
        bool binary = role == nameof(ListenerRole.JaegerBinary);
        BatchFormat format = binary ? BatchFormat.JaegerThriftBinaryMessage : BatchFormat.JaegerThriftCompactMessage;
        Span[] expected = [.. Capture.Names(pattern)
            .Where(name => binary || !name.StartsWith("node-", StringComparison.Ordinal) || name.Contains("compact", StringComparison.Ordinal))
            .SelectMany(name =>
            {
                Send(Enum.Parse<ListenerRole>(role), Capture.Read(name));
                return Capture.Spans(name, format);
            })];

        await StoredAsync(expected.Length);

        await IngestAssert.StoredAsync(store, expected);
    }

    [Theory]
    [InlineData(nameof(ListenerRole.JaegerCompact))]
    [InlineData(nameof(ListenerRole.JaegerBinary))]
    public async Task Zipkin_spans_in_datagrams_are_stored(string role)
    {
        byte[] datagram = role == nameof(ListenerRole.JaegerBinary)
            ? [0x80, 1, 0, 4, 0, 0, 0, 15, .. "emitZipkinBatch"u8, 0, 0, 0, 1, 0x0f, 0, 1, .. ZipkinBodies.OneSpanThrift, 0]
            : [0x82, 0x81, 1, 15, .. "emitZipkinBatch"u8, 0x19, 0x1c, 0x16, 2, 0x28, 3, .. "get"u8, 0x16, 4, 0, 0];

        Send(Enum.Parse<ListenerRole>(role), datagram);
        await StoredAsync(1);

        Span span = Assert.Single((await store.GetTraceAsync(new TraceId(0, 1), default))!.Spans);
        Assert.Equal((new SpanId(2), "get"), (span.SpanId, span.Name));
    }

    [Fact]
    public async Task Garbage_is_counted_with_its_reason_and_later_datagrams_are_stored()
    {
        byte[] good = Capture.Read("otel-go-1.1.0-jaeger-udp.01.bin");
        using var drops = new DropListener(server.Services, expected: 6);

        Send(ListenerRole.JaegerCompact, []);
        Send(ListenerRole.JaegerCompact, good[..^10]);
        Send(ListenerRole.JaegerCompact, "hello there"u8.ToArray());
        // The method emitBatch, misspelt.
        Send(ListenerRole.JaegerCompact, [.. good[..4], (byte)'x', .. good[5..]]);
        Send(ListenerRole.JaegerBinary, good);
        Send(ListenerRole.JaegerCompact, new byte[65_000]);
        await drops.Seen;
        Send(ListenerRole.JaegerCompact, good);
        await StoredAsync(4);

        Assert.Equal(
            [
                "jaeger-udp-binary malformed",
                "jaeger-udp-compact malformed", "jaeger-udp-compact malformed",
                "jaeger-udp-compact truncated", "jaeger-udp-compact truncated",
                "jaeger-udp-compact wrong-method",
            ],
            drops.All.Order(StringComparer.Ordinal));
        Assert.Equal((6, 4), (server.Counters().DatagramsDropped, server.Counters().SpansStored));
    }

    [Fact]
    public async Task Datagrams_beyond_the_queue_are_dropped_and_counted_and_the_others_stored()
    {
        const int Sent = 200;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer slow = await TestServer.StartAsync(
            new FakeStore { OnUse = () => release.Task },
            options => options with { Ingest = options.Ingest with { UdpQueueDatagramsMax = 5, QueueWaitMs = 60_000 } });
        // 8 datagrams with the workers, 5 in the queue.
        using var drops = new DropListener(slow.Services, expected: Sent - 13);
        byte[] good = Capture.Read("otel-go-1.1.0-jaeger-udp.03.bin");
        using var client = new UdpClient();
        client.Connect(slow.EndPoint(ListenerRole.JaegerCompact));
        for (int i = 0; i < Sent; i++)
            await client.SendAsync(good);

        await drops.Seen;
        Assert.All(drops.All, drop => Assert.Equal("jaeger-udp-compact queue-full", drop));
        release.SetResult();
        await slow.StopAsync();

        IngestSnapshot counters = slow.Counters();
        Assert.Equal(Sent, counters.SpansStored + counters.DatagramsDropped);
    }

    [Fact]
    public async Task What_is_queued_is_stored_before_the_server_stops()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int appended = 0;
        await using TestServer stopping = await TestServer.StartAsync(
            new FakeStore
            {
                OnUse = () =>
                {
                    if (Interlocked.Increment(ref appended) == 8)
                        entered.SetResult();
                    return release.Task;
                },
            },
            options => options with { Ingest = options.Ingest with { QueueWaitMs = 60_000 } });
        using var datagrams = new CountListener(stopping.Services, "clew.ingest.udp.datagrams", expected: 20);
        byte[] good = Capture.Read("otel-go-1.1.0-jaeger-udp.03.bin");
        using var client = new UdpClient();
        client.Connect(stopping.EndPoint(ListenerRole.JaegerCompact));
        for (int i = 0; i < 20; i++)
            await client.SendAsync(good);
        await entered.Task;
        await datagrams.Seen;

        Task stopped = stopping.StopAsync();
        release.SetResult();
        await stopped;

        Assert.Equal(20, stopping.Counters().SpansStored);
    }

    private void Send(ListenerRole role, byte[] datagram)
    {
        using var client = new UdpClient();
        client.Connect(server.EndPoint(role));
        client.Send(datagram);
    }

    private async Task StoredAsync(int spans)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (server.Counters().SpansStored < spans)
            await Task.Delay(5, timeout.Token);
    }

    /// <summary>Gathers the labels of dropped datagrams.</summary>
    private sealed class DropListener(IServiceProvider services, int expected) : CountListener(services, "clew.ingest.udp.dropped", expected);

    /// <summary>Gathers the labels of a counter of one server, and tells when it has counted so far.</summary>
    private class CountListener : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<string> all = [];

        public CountListener(IServiceProvider services, string instrumentName, int expected)
        {
            IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == instrumentName && ReferenceEquals(instrument.Meter.Scope, factory))
                    self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                lock (all)
                {
                    all.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
                    if (all.Count == expected)
                        seen.SetResult();
                }
            });
            listener.Start();
        }

        public Task Seen => seen.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public string[] All
        {
            get
            {
                lock (all)
                    return [.. all];
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
