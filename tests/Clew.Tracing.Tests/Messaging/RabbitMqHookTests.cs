using System.Diagnostics;
using Clew.Tracing.Exporters;
using OpenTelemetry;
using OpenTelemetry.Trace;
using RabbitMQ.Client;

namespace Clew.Tracing.Tests.Messaging;

/// <summary>The hooks of RabbitMQ.Client, which a process has once, and providers that come and go.</summary>
[Collection(nameof(ProcessHooks))]
public sealed class RabbitMqHookTests : IDisposable
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly Action<Activity, IDictionary<string, object?>> injectorBefore = RabbitMQActivitySource.ContextInjector;
    private readonly Func<IReadOnlyBasicProperties, ActivityContext> extractorBefore = RabbitMQActivitySource.ContextExtractor;

    public void Dispose()
    {
        RabbitMQActivitySource.ContextInjector = injectorBefore;
        RabbitMQActivitySource.ContextExtractor = extractorBefore;
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    public void Providers_disposed_in_any_order_trace_to_the_last_one_and_leave_the_hooks_as_they_were(int first, int second, int third)
    {
        InMemoryExporter[] exporters = [new(), new(), new()];
        TracerProvider[] providers = [.. exporters.Select(Provider)];

        ReceiveOne();
        Assert.All(exporters, exporter => Assert.Single(exporter.Spans));
        providers[first].Dispose();
        providers[second].Dispose();
        ReceiveOne();
        Assert.Equal(2, exporters[third].Spans.Count);
        Assert.NotSame(injectorBefore, RabbitMQActivitySource.ContextInjector);
        providers[third].Dispose();
        // A second time does not count.
        providers[first].Dispose();

        Assert.Same(injectorBefore, RabbitMQActivitySource.ContextInjector);
        Assert.Same(extractorBefore, RabbitMQActivitySource.ContextExtractor);
    }

    [Fact]
    public void A_hook_set_since_stays_and_leads_to_the_one_that_was_there_before()
    {
        int before = 0, since = 0;
        RabbitMQActivitySource.ContextExtractor = _ =>
        {
            before++;
            return default;
        };
        TracerProvider provider = Provider(new InMemoryExporter());
        Func<IReadOnlyBasicProperties, ActivityContext> ours = RabbitMQActivitySource.ContextExtractor;
        Func<IReadOnlyBasicProperties, ActivityContext> wrapping = properties =>
        {
            since++;
            return ours(properties);
        };
        RabbitMQActivitySource.ContextExtractor = wrapping;
        provider.Dispose();
        Assert.Same(wrapping, RabbitMQActivitySource.ContextExtractor);
        RabbitMQActivitySource.ContextExtractor(Message());
        Assert.Equal((1, 1), (since, before));

        // Another provider goes on top of it, and away again, without going round in circles.
        var exporter = new InMemoryExporter();
        using (Provider(exporter))
            ReceiveOne();
        Assert.Single(exporter.Spans);
        Assert.Same(wrapping, RabbitMQActivitySource.ContextExtractor);
        RabbitMQActivitySource.ContextExtractor(Message());
        Assert.Equal((2, 2), (since, before));
    }

    // As the client does it: the context is asked for, and then its own activity started.
    private static void ReceiveOne()
    {
        Activity.Current = null;
        using var client = new ActivitySource("RabbitMQ.Client.Subscriber");
        RabbitMQActivitySource.ContextExtractor(Message());
        client.StartActivity("deliver", ActivityKind.Consumer)?.Dispose();
        Activity.Current = null;
    }

    private static BasicProperties Message() => new() { Headers = new Dictionary<string, object?> { ["traceparent"] = Parent } };

    private static TracerProvider Provider(InMemoryExporter exporter) =>
        Sdk.CreateTracerProviderBuilder().AddClewMessagingInstrumentation().AddClewInMemoryExporter(exporter).Build();
}
