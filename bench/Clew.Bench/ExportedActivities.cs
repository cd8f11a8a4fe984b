using System.Diagnostics;

namespace Clew.Bench;

/// <summary>Activities as an instrumented service makes them: nine tags, one exception event in twenty.</summary>
internal static class ExportedActivities
{
    public static Activity[] Create(int count)
    {
        using var source = new ActivitySource("Clew.Bench.Export", "1.0.0");
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return [.. Enumerable.Range(0, count).Select(i => Create(source, i))];
    }

    private static Activity Create(ActivitySource source, int number)
    {
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        Activity span = source.StartActivity("GET /api/orders/{id}", number % 2 == 0 ? ActivityKind.Server : ActivityKind.Client, parent)!;
        span.SetTag("http.request.method", "GET");
        span.SetTag("url.scheme", "https");
        span.SetTag("url.path", "/api/orders/" + number);
        span.SetTag("http.route", "/api/orders/{id}");
        span.SetTag("http.response.status_code", number % 20 == 0 ? 500 : 200);
        span.SetTag("server.address", "orders.shop.example");
        span.SetTag("server.port", 443);
        span.SetTag("network.protocol.version", "1.1");
        span.SetTag("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36");
        if (number % 20 == 0)
        {
            span.AddEvent(new ActivityEvent("exception", tags: new ActivityTagsCollection
            {
                ["exception.type"] = "System.TimeoutException",
                ["exception.message"] = "The operation has timed out.",
            }));
            span.SetStatus(ActivityStatusCode.Error, "The operation has timed out.");
        }
        span.Stop();
        return span;
    }
}
