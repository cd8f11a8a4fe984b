using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;
using OpenTelemetry.Resources;

namespace Clew.Tracing.Tests.Exporters;

/// <summary>Activities that hold everything an activity can.</summary>
internal static class Activities
{
    public const string SourceName = "Clew.Tests.Exporters";

    private static readonly ActivitySource Source = new(SourceName, "1.2.3");

    static Activities() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source == Source,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    });

    public static ExportedResource Resource { get; } = new(ResourceBuilder.CreateEmpty()
        .AddService("checkout", autoGenerateServiceInstanceId: false)
        .AddAttributes([new("host.cpus", 4L), new("host.name", "node \"1\"")])
        .Build());

    public static DateTime Start { get; } = new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc).AddTicks(1_234_567);

    public static ActivityLink Link { get; } = new(
        new ActivityContext(ActivityTraceId.CreateFromString("ffffffffffffffff8000000000000001"), ActivitySpanId.CreateFromString("fedcba9876543210"), ActivityTraceFlags.Recorded, "l=1"),
        new ActivityTagsCollection { ["why"] = "batch" });

    /// <summary>Ids with their top bits set: the 64-bit numbers of Thrift are signed.</summary>
    public static Activity Full(ActivityKind kind = ActivityKind.Client)
    {
        var parent = new ActivityContext(
            ActivityTraceId.CreateFromString("8000000000000000ffffffffffffffff"), ActivitySpanId.CreateFromString("8000000000000001"), ActivityTraceFlags.Recorded, "a=1,b=2", isRemote: true);
        Activity span = Source.StartActivity("GET /cart", kind, parent, links: [Link], startTime: Start)!;
        span.SetTag("text", "größe \"x\"\n");
        span.SetTag("yes", true);
        span.SetTag("least", long.MinValue);
        span.SetTag("most", long.MaxValue);
        span.SetTag("beyond", ulong.MaxValue);
        span.SetTag("half", 0.5);
        span.SetTag("bytes", new byte[] { 0, 255, 7 });
        span.SetTag("list", new[] { "a", "b" });
        span.SetTag("numbers", new long[] { 1, -2 });
        span.SetTag("map", new Dictionary<string, object?> { ["k"] = 1 });
        span.SetTag("absent", null);
        span.SetTag("server.address", "10.1.2.3");
        span.SetTag("server.port", 8080);
        span.AddEvent(new ActivityEvent("plain", Start.AddMilliseconds(1)));
        span.AddEvent(new ActivityEvent("rich", Start.AddMilliseconds(2), new ActivityTagsCollection { ["n"] = 3, ["s"] = "x" }));
        span.SetStatus(ActivityStatusCode.Error, "it broke");
        span.SetEndTime(Start.AddTicks(25_000_019));
        span.Stop();
        return span;
    }

    /// <summary>One that says as little as can be.</summary>
    public static Activity Plain(string name = "work", string? payload = null)
    {
        Activity.Current = null;
        Activity span = Source.StartActivity(name, ActivityKind.Internal)!;
        if (payload is not null)
            span.SetTag("payload", payload);
        span.Stop();
        return span;
    }
}
