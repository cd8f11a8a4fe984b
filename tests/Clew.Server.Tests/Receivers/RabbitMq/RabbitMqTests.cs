using System.Net;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Operations.Metrics;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;
using Clew.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Receivers.RabbitMq;

/// <summary>The RabbitMQ receiver against a real broker.</summary>
public sealed class RabbitMqTests(RabbitMqFixture broker) : IClassFixture<RabbitMqFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MemoryStore store = new();
    private TestQueue queue = null!;

    public async Task InitializeAsync()
    {
        if (RabbitMqServer.MissingReason is null)
            queue = await TestQueue.OpenAsync(broker.Server.Uri);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        if (queue is not null)
            await queue.DisposeAsync();
    }

    [RabbitMqFact]
    public async Task Every_encoding_is_stored_and_acknowledged()
    {
        await using (TestServer server = await StartAsync(store))
        {
            await WaitUntilSubscribedAsync(server);
            await queue.PublishAsync(Capture.Read("node-zipkin-js-v1.bin"), Capture.Read("node-zipkin-js.bin"), Capture.Read("node-zipkin-proto3.bin"), ZipkinBodies.OneSpanThrift, []);
            await WaitForAsync(server, "acknowledged", 5);
        }

        await IngestAssert.StoredAsync(store, Capture.Spans("node-zipkin-js-v1.bin", BatchFormat.ZipkinV1Json));
        await IngestAssert.StoredAsync(store, Capture.Spans("node-zipkin-js.bin", BatchFormat.ZipkinV2Json));
        await IngestAssert.StoredAsync(store, Capture.Spans("node-zipkin-proto3.bin", BatchFormat.ZipkinProto3));
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
        // Whatever had not been acknowledged would be back in the queue now.
        Assert.Equal(0u, await queue.WaitingAsync());
    }

    [RabbitMqFact]
    public async Task What_cannot_be_decoded_is_counted_and_dropped_and_the_next_message_is_taken()
    {
        await using (TestServer server = await StartAsync(store, options => options with { Limits = options.Limits with { RequestBytesMax = 1 << 10 } }))
        {
            await WaitUntilSubscribedAsync(server);
            await queue.PublishAsync("oops"u8.ToArray(), [0x0c, 0, 0], new byte[2000], """[{"traceId":"0","id":"0"}]"""u8.ToArray(), ZipkinBodies.OneSpanV2);
            await WaitForAsync(server, "rejected", 4);
            await WaitForAsync(server, "acknowledged", 1);
            string metrics = Metrics(server);
            Assert.Contains("clew_ingest_requests_refused_total{reason=\"too-large\",receiver=\"zipkin-rabbitmq\"} 1", metrics, StringComparison.Ordinal);
            Assert.Contains("clew_ingest_requests_refused_total{reason=\"malformed\",receiver=\"zipkin-rabbitmq\"}", metrics, StringComparison.Ordinal);
        }
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
        Assert.Equal(0u, await queue.WaitingAsync());
    }

    [RabbitMqFact]
    public async Task A_message_goes_back_while_the_store_takes_nothing_and_is_stored_when_it_does()
    {
        bool isFull = true;
        int appended = 0;
        var full = new FakeStore
        {
            OnUse = () =>
            {
                if (Volatile.Read(ref isFull))
                    throw new StoreUnavailableException("the disk is full");
                Interlocked.Increment(ref appended);
                return Task.CompletedTask;
            },
        };
        await using (TestServer server = await StartAsync(full))
        {
            await WaitUntilSubscribedAsync(server);
            await queue.PublishAsync(ZipkinBodies.OneSpanV2);
            await WaitForAsync(server, "requeued", 2);
            Volatile.Write(ref isFull, false);
            await WaitForAsync(server, "acknowledged", 1);
        }
        Assert.Equal(1, appended);
        Assert.Equal(0u, await queue.WaitingAsync());
    }

    [RabbitMqFact]
    public async Task A_stop_finishes_what_is_in_hand_and_leaves_the_rest_in_the_queue()
    {
        using var entered = new SemaphoreSlim(0);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new FakeStore
        {
            OnUse = () =>
            {
                entered.Release();
                return release.Task;
            },
        };
        await queue.DeclareAsync();
        await queue.PublishAsync(Enumerable.Range(1, 5).Select(i => System.Text.Encoding.UTF8.GetBytes($$"""[{"traceId":"{{i}}","id":"2"}]""")));
        TestServer server = await StartAsync(slow, prefetchMax: 2);
        await entered.WaitAsync();
        await entered.WaitAsync();

        Task stopped = server.StopAsync();
        Assert.False(stopped.IsCompleted);
        release.SetResult();
        await stopped;
        string metrics = Metrics(server);
        await server.DisposeAsync();

        Assert.Contains("clew_rabbitmq_messages_total{outcome=\"acknowledged\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Equal(3u, await queue.WaitingAsync());
    }

    [RabbitMqFact]
    public async Task A_queue_that_is_there_is_taken_as_it_is()
    {
        // Declaring it anew with other arguments would be refused by the broker.
        await queue.DeclareAsync(new Dictionary<string, object?> { ["x-max-length"] = 1000 });
        await using TestServer server = await StartAsync(store);
        await queue.PublishAsync(ZipkinBodies.OneSpanProto3);
        await WaitForAsync(server, "acknowledged", 1);
    }

    [RabbitMqFact]
    public async Task A_deleted_queue_is_declared_again()
    {
        await using TestServer server = await StartAsync(store);
        await WaitUntilSubscribedAsync(server);
        await queue.DeleteAsync();
        await WaitUntilSubscribedAsync(server, connections: 2);
        await queue.PublishAsync(ZipkinBodies.OneSpanV1);
        await WaitForAsync(server, "acknowledged", 1);
    }

    [RabbitMqFact]
    public async Task The_server_starts_without_the_broker_says_so_and_comes_back_to_it()
    {
        await broker.Server.StopAsync();
        await using TestServer server = await StartAsync(store);
        await Eventually.True(() => Task.FromResult(Value(server, "clew_rabbitmq_connects_failed_total") > 0), Patience, () => "no failed attempt was counted");
        using (HttpResponseMessage ready = await server.Client(ListenerRole.Query).GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Contains($"nothing is received from queue {queue.Name}", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(0, Value(server, "clew_rabbitmq_subscribed"));

        await broker.Server.StartAgainAsync();
        await WaitUntilSubscribedAsync(server);
        await using TestQueue publisher = await PublisherAsync();
        await publisher.PublishAsync(ZipkinBodies.OneSpanV2);
        await WaitForAsync(server, "acknowledged", 1);
        using HttpResponseMessage readyAgain = await server.Client(ListenerRole.Query).GetAsync("/health/ready");
        Assert.Equal("""{"status":"ready","reasons":[]}""", await readyAgain.Content.ReadAsStringAsync());
    }

    [RabbitMqFact]
    public async Task A_broker_that_restarts_is_found_again_with_the_messages_it_kept()
    {
        await using TestServer server = await StartAsync(store);
        await WaitUntilSubscribedAsync(server);
        await broker.Server.StopAsync();
        await Eventually.True(() => Task.FromResult(Value(server, "clew_rabbitmq_subscribed") == 0), Patience, () => "the loss was not noticed");
        await broker.Server.StartAgainAsync();
        await using TestQueue publisher = await PublisherAsync();
        await publisher.PublishAsync(ZipkinBodies.OneSpanThrift);
        await WaitForAsync(server, "acknowledged", 1);
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
    }

    /// <summary>The connection of <see cref="queue"/> did not outlive the broker.</summary>
    private async Task<TestQueue> PublisherAsync()
    {
        await queue.DisposeAsync();
        TestQueue fresh = await TestQueue.OpenAsync(broker.Server.Uri);
        return fresh.WithName(queue.Name);
    }

    private Task<TestServer> StartAsync(ISpanStore target, Func<ClewOptions, ClewOptions>? configure = null, int prefetchMax = 16) => TestServer.StartAsync(
        target,
        options => (configure?.Invoke(options) ?? options) with
        {
            RabbitMq = new() { Uri = broker.Server.Uri.ToString(), Queue = queue.Name, PrefetchMax = prefetchMax },
        });

    private static Task WaitUntilSubscribedAsync(TestServer server, int connections = 1) => Eventually.True(
        () => Task.FromResult(Value(server, "clew_rabbitmq_connects_total") >= connections && Value(server, "clew_rabbitmq_subscribed") == 1),
        Patience,
        () => $"the queue is not subscribed:\n{Metrics(server)}");

    private static Task WaitForAsync(TestServer server, string outcome, int messages) => Eventually.True(
        () => Task.FromResult(Value(server, $"clew_rabbitmq_messages_total{{outcome=\"{outcome}\"}}") >= messages),
        Patience,
        () => $"{outcome} is not {messages}:\n{Metrics(server)}");

    private static double Value(TestServer server, string series) => Metrics(server).Split('\n')
        .Where(line => line.StartsWith(series + " ", StringComparison.Ordinal))
        .Select(line => double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture))
        .DefaultIfEmpty(-1).First();

    private static string Metrics(TestServer server) => server.Services.GetRequiredService<PrometheusExporter>().Write();
}
