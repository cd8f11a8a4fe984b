using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Clew.EndToEnd.Tests.Support;
using Clew.TestKit;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Clew.EndToEnd.Tests;

/// <summary>The exporters of Clew's library for applications against the real server.</summary>
public sealed class ClewExporterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActivitySource source = new($"Clew.EndToEnd.{Guid.NewGuid():N}");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-exporters-");

    public void Dispose()
    {
        source.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("zipkin")]
    [InlineData("zipkin, gzip")]
    [InlineData("jaeger")]
    [InlineData("jaeger, udp")]
    [InlineData("file")]
    public async Task What_an_exporter_sends_is_found(string exporter)
    {
        var server = new ServerProcess();
        await server.InitializeAsync();
        try
        {
            string file = Path.Combine(folder.FullName, "traces.jsonl");
            ActivityTraceId traceId;
            using (TracerProvider provider = Exporting(Builder(), exporter, server, file).Build())
            {
                traceId = MakeTrace();
                Assert.True(provider.ForceFlush(20_000));
            }
            if (exporter == "file")
                Assert.Equal(0, (await ServerProcess.RunAsync("import", file, "--endpoint", $"http://{server.Target("otlpHttp")}")).ExitCode);

            JsonElement trace = await TraceAsync(server, traceId, spans: 2);
            JsonElement[] spans = [.. trace.GetProperty("spans").EnumerateArray()];
            JsonElement child = spans.Single(span => span.GetProperty("operationName").GetString() == "SELECT book");
            JsonElement root = spans.Single(span => span.GetProperty("operationName").GetString() == "GET /book/{id}");
            Assert.Equal(root.GetProperty("spanID").GetString(), child.GetProperty("references")[0].GetProperty("spanID").GetString());
            Assert.Equal("client", Tag(child, "span.kind").GetString());
            Assert.Equal("Ariadne's \"thread\"", Tag(root, "book.title").GetString());
            Assert.Equal("500", Tag(root, "http.response.status_code").ToString());
            Assert.Contains("no such row", child.GetProperty("logs").GetRawText(), StringComparison.Ordinal);
            Assert.Contains("\"shop\"", trace.GetProperty("processes").GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Spans_of_a_time_without_a_server_and_of_an_ended_program_are_all_found_afterwards()
    {
        var first = new ServerProcess();
        await first.InitializeAsync();
        string endpoint = first.Target("zipkin");
        await first.DisposeAsync();
        var traces = new List<ActivityTraceId>();
        // Two programs in turn, the first of which ends while nothing answers.
        using (TracerProvider ended = Spooling(endpoint).Build())
        {
            for (int i = 0; i < 5; i++)
                traces.Add(MakeTrace());
            ended.ForceFlush(500);
            ended.Shutdown(2_000);
        }
        using TracerProvider provider = Spooling(endpoint).Build();
        for (int i = 0; i < 5; i++)
            traces.Add(MakeTrace());

        var second = new ServerProcess { Arguments = ["--listen.zipkin", endpoint] };
        await second.InitializeAsync();
        try
        {
            foreach (ActivityTraceId trace in traces)
                await TraceAsync(second, trace, spans: 2);
        }
        finally
        {
            await second.DisposeAsync();
        }
    }

    private static TracerProviderBuilder Exporting(TracerProviderBuilder builder, string exporter, ServerProcess server, string file) => exporter switch
    {
        "zipkin" => builder.AddClewZipkinExporter(options => options.Endpoint = new Uri($"http://{server.Target("zipkin")}/api/v2/spans")),
        "zipkin, gzip" => builder.AddClewZipkinExporter(options =>
        {
            options.Endpoint = new Uri($"http://{server.Target("zipkin")}/api/v2/spans");
            options.Gzip = true;
        }),
        "jaeger" => builder.AddClewJaegerExporter(options => options.Endpoint = new Uri($"http://{server.Target("jaegerHttp")}/api/traces")),
        "jaeger, udp" => builder.AddClewJaegerUdpExporter(options =>
        {
            options.Host = "127.0.0.1";
            options.Port = IPEndPoint.Parse(server.Target("jaegerCompact")).Port;
        }),
        _ => builder.AddClewFileExporter(options => options.Path = file),
    };

    private TracerProviderBuilder Builder() => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.Clear().AddService("shop", autoGenerateServiceInstanceId: false))
        .AddSource(source.Name);

    private TracerProviderBuilder Spooling(string endpoint) => Builder().AddClewZipkinExporter(options =>
    {
        options.Endpoint = new Uri($"http://{endpoint}/api/v2/spans");
        options.Delivery.SpoolDirectory = folder.FullName;
        options.Delivery.RetryDelayMin = TimeSpan.FromMilliseconds(50);
        options.Delivery.RetryDelayMax = TimeSpan.FromMilliseconds(200);
    });

    private ActivityTraceId MakeTrace()
    {
        Activity.Current = null;
        using Activity root = source.StartActivity("GET /book/{id}", ActivityKind.Server)!;
        root.SetTag("http.response.status_code", 500);
        root.SetTag("book.title", "Ariadne's \"thread\"");
        using Activity child = source.StartActivity("SELECT book", ActivityKind.Client)!;
        child.AddException(new InvalidOperationException("no such row"));
        child.SetStatus(ActivityStatusCode.Error, "no such row");
        return root.TraceId;
    }

    private static async Task<JsonElement> TraceAsync(ServerProcess server, ActivityTraceId traceId, int spans)
    {
        JsonElement trace = default;
        await Eventually.True(
            async () =>
            {
                using HttpResponseMessage answer = await server.Query.GetAsync($"api/traces/{traceId}");
                if (answer.StatusCode != HttpStatusCode.OK)
                    return false;
                trace = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0];
                return trace.GetProperty("spans").GetArrayLength() == spans;
            },
            Patience,
            () => $"Trace {traceId} did not arrive whole.\n{server.Output}");
        return trace;
    }

    private static JsonElement Tag(JsonElement span, string key) =>
        span.GetProperty("tags").EnumerateArray().Single(tag => tag.GetProperty("key").GetString() == key).GetProperty("value");
}
