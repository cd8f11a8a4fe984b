using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Clew.EndToEnd.Tests.Support;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Clew.EndToEnd.Tests;

/// <summary>What the exporters write, read by decoders that are not Clew's.</summary>
public sealed class ExporterFormatTests : IDisposable
{
    private const string Text = "größe \"x\"\n\u0001 😀";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ActivitySource source = new("Clew.EndToEnd.Formats", "1.2.3");
    private readonly UdpClient agent = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly KeepsBody kept = new();

    public void Dispose()
    {
        source.Dispose();
        agent.Dispose();
        kept.Dispose();
    }

    [RealClientTheory]
    [InlineData("zipkin")]
    [InlineData("jaeger-binary")]
    [InlineData("jaeger-compact")]
    public async Task What_is_written_is_what_others_read(string format)
    {
        Activity root, child;
        using (TracerProvider provider = Exporting(format).Build())
            (root, child) = MakeTrace();
        byte[] bytes = format == "jaeger-compact" ? (await agent.ReceiveAsync().WaitAsync(Patience)).Buffer : kept.Body!;

        JsonElement[] spans = [.. (await NodeClients.DecodeAsync(format, bytes)).GetProperty("spans").EnumerateArray()];

        // Spans come in the order they ended.
        Assert.Equal(["child", Text], spans.Select(span => span.GetProperty("name").GetString()));
        AssertIdentity(child, root.SpanId.ToHexString(), spans[0]);
        AssertIdentity(root, parent: null, spans[1]);
        JsonElement tags = spans[1].GetProperty("tags");
        Assert.Equal(Text, tags.GetProperty("text").GetString());
        Assert.Equal("-9223372036854775808", tags.GetProperty("least").GetString());
        Assert.Equal("0.5", tags.GetProperty("half").ToString());
        Assert.Equal("true", tags.GetProperty("yes").ToString().ToLowerInvariant());
        Assert.Equal("""["a","b"]""", tags.GetProperty("list").GetString());
        Assert.Equal("ERROR", tags.GetProperty("otel.status_code").GetString());
        Assert.Equal(("Clew.EndToEnd.Formats", "1.2.3"), (tags.GetProperty("otel.scope.name").GetString(), tags.GetProperty("otel.scope.version").GetString()));
        Assert.StartsWith(format == "zipkin" ? "\"retry\": {\"attempt\":2}" : "retry", spans[1].GetProperty("logs")[0].GetProperty("event").GetString(), StringComparison.Ordinal);
        if (format == "zipkin")
            Assert.Equal(("SERVER", "10.1.2.3"), (spans[1].GetProperty("kind").GetString(), spans[0].GetProperty("remote").GetProperty("ipv4").GetString()));
        else
            Assert.Equal("""[["follows_from","fedcba9876543210"]]""", spans[1].GetProperty("references").GetRawText());
    }

    private static void AssertIdentity(Activity activity, string? parent, JsonElement span)
    {
        Assert.Equal("shop", span.GetProperty("service").GetString());
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (span.GetProperty("traceId").GetString(), span.GetProperty("spanId").GetString()));
        Assert.Equal(parent, span.GetProperty("parentId").GetString());
        Assert.Equal((activity.StartTimeUtc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, span.GetProperty("timestampUs").GetInt64());
        Assert.Equal(Math.Max(1, activity.Duration.Ticks / TimeSpan.TicksPerMicrosecond), span.GetProperty("durationUs").GetInt64());
    }

    private (Activity Root, Activity Child) MakeTrace()
    {
        var linked = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateFromString("fedcba9876543210"), ActivityTraceFlags.Recorded);
        Activity root = source.StartActivity(ActivityKind.Server, links: [new ActivityLink(linked)], name: Text)!;
        root.SetTag("text", Text).SetTag("least", long.MinValue).SetTag("half", 0.5).SetTag("yes", true).SetTag("list", new[] { "a", "b" });
        root.AddEvent(new ActivityEvent("retry", tags: new ActivityTagsCollection { ["attempt"] = 2 }));
        root.SetStatus(ActivityStatusCode.Error, "it broke");
        Activity child = source.StartActivity("child", ActivityKind.Client)!;
        child.SetTag("server.address", "10.1.2.3");
        child.SetEndTime(child.StartTimeUtc.AddMilliseconds(3));
        child.Dispose();
        root.SetEndTime(root.StartTimeUtc.AddMilliseconds(7));
        root.Dispose();
        return (root, child);
    }

    private TracerProviderBuilder Exporting(string format)
    {
        TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.Clear().AddService("shop", autoGenerateServiceInstanceId: false))
            .AddSource(source.Name);
        return format switch
        {
            "zipkin" => builder.AddClewZipkinExporter(options => options.HttpClientFactory = () => new HttpClient(kept, disposeHandler: false)),
            "jaeger-binary" => builder.AddClewJaegerExporter(options => options.HttpClientFactory = () => new HttpClient(kept, disposeHandler: false)),
            _ => builder.AddClewJaegerUdpExporter(options =>
            {
                options.Host = "127.0.0.1";
                options.Port = ((IPEndPoint)agent.Client.LocalEndPoint!).Port;
            }),
        };
    }

    private sealed class KeepsBody : HttpMessageHandler
    {
        public byte[]? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        }
    }
}
