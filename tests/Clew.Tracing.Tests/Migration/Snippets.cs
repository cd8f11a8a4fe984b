using System.Diagnostics;
using Clew.Tracing.Observers;
using Clew.Tracing.Propagation;
using Clew.Tracing.Sampling;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Migration;

/// <summary>The code of docs/migrate, compiled; <see cref="MigrationGuideTests"/> finds each block here word for word and runs what makes spans.</summary>
internal static class Snippets
{
    public const string SourceName = "Clew.Tests.Migration";

    private static readonly ActivitySource Source = new(SourceName);

    public static void Spans()
    {
        using Activity? span = Source.StartActivity("charge", ActivityKind.Client);
        span?.SetTag("order.id", 42);
        span?.AddEvent(new ActivityEvent("retry", tags: new ActivityTagsCollection { ["attempt"] = 2 }));
        try
        {
            Charge();
        }
        catch (TimeoutException e)
        {
            span?.AddException(e);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
        }
    }

    public static void References(ActivityContext first, ActivityContext second)
    {
        var links = new[]
        {
            new ActivityLink(first, new ActivityTagsCollection { ["opentracing.ref_type"] = "follows_from" }),
            new ActivityLink(second, new ActivityTagsCollection { ["opentracing.ref_type"] = "child_of" }),
        };
        using Activity? join = Source.StartActivity(ActivityKind.Internal, links: links, name: "join");
    }

    public static void BaggageOfASpan()
    {
        using Activity? request = Source.StartActivity("request", ActivityKind.Server);
        request?.AddBaggage("tenant", "t1");
        Source.StartActivity("inside")?.Dispose();
    }

    public static void BaggageTags(TracerProviderBuilder builder)
    {
        builder.AddClewSpanObserver(new BaggageTags("tenant", "user.id"));
    }

    public static void Jaeger(TracerProviderBuilder builder)
    {
        builder
            .AddSource("Shop.*")
            .SetSampler(new ParentSampler(new RemoteSampler(new RemoteSamplerOptions { ServiceName = "checkout", Endpoint = new Uri("http://localhost:5778/sampling") })))
            .AddClewJaegerUdpExporter(agent =>
            {
                agent.Host = "localhost";
                agent.Port = 6831;
            });
    }

    public static void JaegerHeaders()
    {
        var propagation = new CompositePropagation(new PropagationOptions
        {
            Inject = [PropagationFormat.TraceContext, PropagationFormat.Baggage, PropagationFormat.Jaeger],
        });
        DistributedContextPropagator.Current = propagation.ForActivities;
        Sdk.SetDefaultTextMapPropagator(propagation.ForOpenTelemetry);
    }

    public static void Zipkin(TracerProviderBuilder builder)
    {
        builder
            .AddSource("Shop.*")
            .SetSampler(new ParentSampler(new RatioSampler(0.1)))
            .AddClewZipkinExporter(zipkin => zipkin.Endpoint = new Uri("http://localhost:9411/api/v2/spans"));
    }

    public static void ZipkinCall()
    {
        using Activity? call = Source.StartActivity("get book", ActivityKind.Client);
        call?.SetTag("peer.service", "books");
        call?.SetTag("book.id", "7");
        call?.AddEvent(new ActivityEvent("cache miss"));
    }

    public static void ZipkinHeaders()
    {
        var propagation = new CompositePropagation(new PropagationOptions
        {
            Inject = [PropagationFormat.TraceContext, PropagationFormat.Baggage, PropagationFormat.B3Multi],
        });
        DistributedContextPropagator.Current = propagation.ForActivities;
        Sdk.SetDefaultTextMapPropagator(propagation.ForOpenTelemetry);
    }

    public static void SkyApm()
    {
        using Activity? entry = Source.StartActivity("/orders/{id}", ActivityKind.Server);
        using (Activity? local = Source.StartActivity("price"))
            local?.SetTag("items", 3);
        using (Activity? exit = Source.StartActivity("SELECT", ActivityKind.Client))
            exit?.SetTag("server.address", "db.shop.example");
    }

    public static void SkyApmSampling(TracerProviderBuilder builder)
    {
        builder.SetSampler(new ParentSampler(new RateLimitingSampler(10 / 3.0)));
    }

    private static void Charge() => throw new TimeoutException("The bank does not answer.");
}

internal sealed class SlowSpans(Action<string> report) : ISpanObserver
{
    public void OnEnd(Activity span)
    {
        if (span.Duration > TimeSpan.FromSeconds(1))
            report(span.DisplayName);
    }
}
