using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Clew.Tracing.Exporters;
using Clew.Tracing.Observers;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Observers;

public sealed class SpanObserverTests : IDisposable
{
    private readonly ActivitySource source = new($"Clew.Tests.Observers.{Guid.NewGuid():N}");
    private readonly InMemoryExporter exporter = new();

    public void Dispose() => source.Dispose();

    [Fact]
    public async Task An_observer_sees_the_start_and_the_end_of_every_span_from_any_thread()
    {
        var own = new OwnTracer();
        using (TracerProvider provider = Provider(builder => builder.AddClewSpanObserver(own)))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    using Activity? outer = source.StartActivity($"{thread}/{i}");
                    source.StartActivity("inner")?.Dispose();
                }
            })));
        }

        Assert.Equal(800, own.Finished.Count);
        Assert.Empty(own.Open);
        Assert.All(exporter.Spans, span => Assert.Equal("own", span.GetTagItem("tracer")));
    }

    [Fact]
    public void An_observer_may_come_from_the_services()
    {
        var own = new OwnTracer();
        using TracerProvider provider = Provider(builder => builder.ConfigureServices(services => services.AddSingleton(own)).AddClewSpanObserver<OwnTracer>());

        source.StartActivity("span")?.Dispose();

        Assert.Equal("span", Assert.Single(own.Finished).DisplayName);
    }

    [Fact]
    public void What_an_observer_throws_is_counted_and_harms_neither_the_program_nor_the_span()
    {
        long failures = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, on) =>
        {
            if (instrument.Name == "clew.tracing.observer.failures")
                on.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => failures += Equals(tags[0].Value, nameof(Throwing)) ? count : 0);
        listener.Start();
        using TracerProvider provider = Provider(builder => builder.AddClewSpanObserver(new Throwing()));

        source.StartActivity("span")?.Dispose();

        Assert.Equal("span", Assert.Single(exporter.Spans).DisplayName);
        Assert.Equal(2, failures);
    }

    [Fact]
    public void Chosen_baggage_is_on_every_span_below_and_other_baggage_is_not()
    {
        using TracerProvider provider = Provider(builder => builder.AddClewSpanObserver(new BaggageTags("user.id", "tenant")));

        using (Activity root = source.StartActivity("root")!)
        {
            root.AddBaggage("user.id", "u1").AddBaggage("secret", "x");
            Baggage.SetBaggage("tenant", "t1");
            using Activity child = source.StartActivity("child", ActivityKind.Internal, default(ActivityContext), [new("tenant", "its own")])!;
            source.StartActivity("grandchild")?.Dispose();
        }

        Activity[] spans = [.. exporter.Spans];
        Assert.Equal(["grandchild", "child", "root"], spans.Select(span => span.DisplayName));
        Assert.Equal(("u1", "t1"), (spans[0].GetTagItem("user.id"), spans[0].GetTagItem("tenant")));
        Assert.Equal("its own", spans[1].GetTagItem("tenant"));
        Assert.All(spans, span => Assert.Null(span.GetTagItem("secret")));
    }

    private TracerProvider Provider(Func<TracerProviderBuilder, TracerProviderBuilder> configure) =>
        configure(Sdk.CreateTracerProviderBuilder().AddSource(source.Name)).AddClewInMemoryExporter(exporter).Build();

    /// <summary>What somebody's own tracer would do.</summary>
    private sealed class OwnTracer : ISpanObserver
    {
        public ConcurrentDictionary<ActivitySpanId, Activity> Open { get; } = new();

        public ConcurrentBag<Activity> Finished { get; } = [];

        public void OnStart(Activity span) => Open[span.SpanId] = span;

        public void OnEnd(Activity span)
        {
            span.SetTag("tracer", "own");
            if (Open.TryRemove(span.SpanId, out Activity? opened))
                Finished.Add(opened);
        }
    }

    private sealed class Throwing : ISpanObserver
    {
        public void OnStart(Activity span) => throw new InvalidOperationException("start");

        public void OnEnd(Activity span) => throw new InvalidOperationException("end");
    }
}
