using System.Diagnostics;
using System.Text;
using Clew.TestKit;
using Clew.Tracing.Exporters;
using Clew.Tracing.Messaging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clew.Tracing.Tests.Messaging;

/// <summary>RabbitMQ.Client with a real broker. Its hooks are the process's, so nothing that sets up tracing may run meanwhile.</summary>
[Collection(nameof(ProcessHooks))]
public sealed class RabbitMqTests : IClassFixture<RabbitMqFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RabbitMqFixture fixture;
    private readonly ActivitySource source = new($"Clew.Tests.RabbitMq.{Guid.NewGuid():N}");
    private readonly InMemoryExporter exporter = new();
    private readonly string queue = $"orders-{Guid.NewGuid():N}";
    private readonly Delegate injectorBefore = RabbitMQActivitySource.ContextInjector;
    private readonly Delegate extractorBefore = RabbitMQActivitySource.ContextExtractor;
    private TracerProvider? provider;
    private IConnection? connection;
    private IChannel? channel;

    public RabbitMqTests(RabbitMqFixture fixture) => this.fixture = fixture;

    private IChannel Channel => channel!;

    public async Task InitializeAsync()
    {
        if (RabbitMqServer.MissingReason is not null)
            return;
        provider = Provider();
        connection = await new ConnectionFactory { Uri = fixture.Server.Uri }.CreateConnectionAsync();
        channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: false, autoDelete: true);
    }

    public async Task DisposeAsync()
    {
        provider?.Dispose();
        source.Dispose();
        if (connection is not null)
            await connection.DisposeAsync();
    }

    [RabbitMqFact]
    public async Task A_consumer_continues_the_producers_trace_and_what_its_handler_does_is_its_child()
    {
        await ConsumeAsync(_ => source.StartActivity("local")?.Dispose());
        ActivityTraceId traceId;
        using (Activity root = source.StartActivity("POST /orders", ActivityKind.Server)!)
        {
            root.AddBaggage("tenant", "a b");
            traceId = root.TraceId;
            await SendAsync("1");
        }

        Activity[] spans = await SpansAsync(traceId, 4);
        Activity send = spans.Single(span => span.DisplayName == $"send {queue}");
        Activity process = spans.Single(span => span.DisplayName == $"process {queue}");
        Assert.Equal(ActivityKind.Producer, send.Kind);
        Assert.Equal(ActivityKind.Consumer, process.Kind);
        Assert.Equal(spans.Single(span => span.DisplayName == "POST /orders").SpanId, send.ParentSpanId);
        Assert.Equal(send.SpanId, process.ParentSpanId);
        Assert.True(process.HasRemoteParent);
        Assert.Equal(process.SpanId, spans.Single(span => span.DisplayName == "local").ParentSpanId);
        Assert.Equal("a b", process.GetBaggageItem("tenant"));
        foreach ((Activity span, string operation) in new[] { (send, "send"), (process, "process") })
        {
            Assert.Equal("rabbitmq", span.GetTagItem("messaging.system"));
            Assert.Equal(queue, span.GetTagItem("messaging.destination.name"));
            Assert.Equal(queue, span.GetTagItem("messaging.rabbitmq.destination.routing_key"));
            Assert.Equal(operation, span.GetTagItem("messaging.operation.name"));
            Assert.Equal(operation, span.GetTagItem("messaging.operation.type"));
            Assert.Equal(1, span.GetTagItem("messaging.message.body.size"));
        }
    }

    [RabbitMqFact]
    public async Task Messages_one_after_the_other_stay_in_their_own_traces()
    {
        await ConsumeAsync(_ => source.StartActivity("local")?.Dispose());
        var traces = new List<ActivityTraceId>();
        for (int i = 0; i < 20; i++)
        {
            using Activity root = source.StartActivity("root")!;
            traces.Add(root.TraceId);
            await SendAsync($"{i}");
        }

        foreach (ActivityTraceId traceId in traces)
        {
            Activity[] spans = await SpansAsync(traceId, 4);
            Assert.Equal(["local", $"process {queue}", "root", $"send {queue}"], spans.Select(span => span.DisplayName).Order(StringComparer.Ordinal));
        }
    }

    [RabbitMqFact]
    public async Task The_names_that_a_program_gives_are_kept_and_its_own_producer_span_is_the_parent()
    {
        await ConsumeAsync(_ => Activity.Current!.DisplayName = "mq_consumer_msg");
        ActivityTraceId traceId;
        using (Activity send = MessagingSpans.StartSend("rabbitmq", queue, headers: null, "send_msg_mq")!)
        {
            traceId = send.TraceId;
            await SendAsync("1");
        }

        Activity[] spans = await SpansAsync(traceId, 3);
        Activity producer = spans.Single(span => span.DisplayName == "send_msg_mq");
        Assert.Equal(producer.SpanId, spans.Single(span => span.DisplayName == "mq_consumer_msg").ParentSpanId);
    }

    [RabbitMqFact]
    public async Task A_message_fetched_inside_a_span_belongs_to_it_and_links_to_its_producer()
    {
        ActivityTraceId producer;
        using (Activity root = source.StartActivity("producer")!)
        {
            producer = root.TraceId;
            await SendAsync("1");
        }
        using (Activity worker = source.StartActivity("worker")!)
        {
            await Eventually.True(async () => await Channel.BasicGetAsync(queue, autoAck: true) is not null, Patience, () => "no message");
            Assert.Same(worker, Activity.Current);
        }

        Activity send = (await SpansAsync(producer, 2)).Single(span => span.Kind == ActivityKind.Producer);
        IReadOnlyList<Activity> all = await exporter.WaitAsync(spans => spans.Any(span => span.DisplayName == $"receive {queue}" && span.Links.Any()));
        Activity receive = all.Single(span => span.DisplayName == $"receive {queue}" && span.Links.Any());
        Assert.Equal(all.Single(span => span.DisplayName == "worker").SpanId, receive.ParentSpanId);
        Assert.Equal(send.SpanId, Assert.Single(receive.Links).Context.SpanId);
    }

    [RabbitMqFact]
    public async Task A_trace_that_is_not_recorded_is_not_recorded_by_the_consumer_either()
    {
        var handled = new TaskCompletionSource<Activity?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await ConsumeAsync(_ => handled.TrySetResult(Activity.Current));
        using (Activity root = new Activity("not recorded").Start())
        {
            await SendAsync("1");
            Activity? seen = await handled.Task.WaitAsync(Patience);

            Assert.Equal(root.TraceId, seen!.TraceId);
            Assert.False(seen.Recorded);
        }
        Assert.DoesNotContain(exporter.Spans, span => span.DisplayName.EndsWith(queue, StringComparison.Ordinal));
    }

    [RabbitMqFact]
    public async Task Messages_without_a_context_and_handlers_that_throw_do_no_harm()
    {
        int handled = 0;
        await ConsumeAsync(_ =>
        {
            if (Interlocked.Increment(ref handled) == 1)
                throw new InvalidOperationException("not this one");
        });
        await SendAsync("1");
        provider!.Dispose();
        provider = null;
        await SendAsync("2");
        await SendAsync("3");

        await Eventually.True(() => Task.FromResult(handled == 3), Patience, () => $"{handled} messages were handled");
        Assert.Same(injectorBefore, RabbitMQActivitySource.ContextInjector);
        Assert.Same(extractorBefore, RabbitMQActivitySource.ContextExtractor);
    }

    private TracerProvider Provider() => Sdk.CreateTracerProviderBuilder()
        .AddSource(source.Name)
        .AddClewMessagingInstrumentation()
        .AddClewInMemoryExporter(exporter)
        .Build();

    private async Task ConsumeAsync(Action<string> handle)
    {
        var consumer = new AsyncEventingBasicConsumer(Channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            handle(Encoding.UTF8.GetString(message.Body.Span));
            return Task.CompletedTask;
        };
        await Channel.BasicConsumeAsync(queue, autoAck: true, consumer);
    }

    private async Task SendAsync(string body) =>
        await Channel.BasicPublishAsync("", queue, mandatory: false, new BasicProperties(), Encoding.UTF8.GetBytes(body));

    private async Task<Activity[]> SpansAsync(ActivityTraceId traceId, int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            IReadOnlyList<Activity> spans = await exporter.WaitAsync(all => all.Count(span => span.TraceId == traceId) >= count, limit.Token);
            return [.. spans.Where(span => span.TraceId == traceId)];
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(string.Join('\n', exporter.Spans.Select(span => $"{span.TraceId} {span.ParentSpanId} {span.SpanId} {span.DisplayName}")));
        }
    }
}

/// <summary>Tests of the hooks that RabbitMQ.Client has once for the process.</summary>
[CollectionDefinition(nameof(ProcessHooks), DisableParallelization = true)]
public class ProcessHooks;
