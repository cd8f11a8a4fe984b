using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Clew.EndToEnd.Tests.Support;
using Clew.TestKit;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RabbitMQ.Client;

namespace Clew.EndToEnd.Tests;

/// <summary>A request whose trace goes through a real broker into another process.</summary>
public sealed class QueueTests(ServerProcess server, RabbitMqFixture broker) : IClassFixture<ServerProcess>, IClassFixture<RabbitMqFixture>
{
    private const string Queue = "logins";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [RabbitMqFact]
    public async Task A_login_is_one_trace_from_the_request_to_the_consumer_of_its_message()
    {
        string zipkin = $"http://{server.Target("zipkin")}/api/v2/spans";
        using var source = new ActivitySource("Clew.EndToEnd.Login");
        await using IConnection connection = await new ConnectionFactory { Uri = broker.Server.Uri }.CreateConnectionAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Queue, durable: false, exclusive: false, autoDelete: false);
        ActivityTraceId traceId;
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.Clear().AddService("api", autoGenerateServiceInstanceId: false))
            .AddSource(source.Name)
            .AddClewMessagingInstrumentation()
            .AddClewZipkinExporter(options => options.Endpoint = new Uri(zipkin))
            .Build())
        {
            using Activity login = source.StartActivity("api.Login", ActivityKind.Server)!;
            traceId = login.TraceId;
            source.StartActivity("rpc.GetUserByMobile", ActivityKind.Client)?.Dispose();
            source.StartActivity("local")?.Dispose();
            await channel.BasicPublishAsync("", Queue, mandatory: false, new BasicProperties(), "{}"u8.ToArray());
        }
        (int exitCode, string output) = await WorkerAsync(broker.Server.Uri.ToString(), Queue, zipkin);
        Assert.True(exitCode == 0, output);

        // Zipkin's API answers names in lower case.
        Dictionary<string, JsonElement> spans = await SpansAsync(traceId, 6);
        Assert.Equal("api.login", ParentOf(spans, "rpc.getuserbymobile"));
        Assert.Equal("api.login", ParentOf(spans, "local"));
        Assert.Equal("api.login", ParentOf(spans, $"send {Queue}"));
        Assert.Equal($"send {Queue}", ParentOf(spans, "mq_consumer_msg"));
        Assert.Equal("mq_consumer_msg", ParentOf(spans, "store"));
        Assert.Equal(("PRODUCER", "api"), KindAndService(spans[$"send {Queue}"]));
        Assert.Equal(("CONSUMER", "mq-consumer"), KindAndService(spans["mq_consumer_msg"]));
    }

    private async Task<Dictionary<string, JsonElement>> SpansAsync(ActivityTraceId traceId, int count)
    {
        JsonElement[] spans = [];
        await Eventually.True(
            async () =>
            {
                using HttpResponseMessage answer = await server.Zipkin.GetAsync($"api/v2/trace/{traceId}");
                spans = answer.StatusCode == HttpStatusCode.OK ? [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateArray()] : [];
                return spans.Length == count;
            },
            Patience,
            () => string.Join('\n', spans));
        return spans.ToDictionary(span => span.GetProperty("name").GetString()!);
    }

    private static string? ParentOf(Dictionary<string, JsonElement> spans, string name)
    {
        string? parent = spans[name].GetProperty("parentId").GetString();
        return spans.Values.Single(span => span.GetProperty("id").GetString() == parent).GetProperty("name").GetString();
    }

    private static (string?, string?) KindAndService(JsonElement span) =>
        (span.GetProperty("kind").GetString(), span.GetProperty("localEndpoint").GetProperty("serviceName").GetString());

    private static async Task<(int ExitCode, string Output)> WorkerAsync(params string[] arguments)
    {
        string built = Path.GetRelativePath(Path.Combine(Fixtures.RepositoryRoot, "tests", "Clew.EndToEnd.Tests"), AppContext.BaseDirectory);
        string program = Path.Combine(Fixtures.RepositoryRoot, "tests", "Clew.QueueWorker", built, "Clew.QueueWorker.dll");
        using Process worker = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = worker.StandardOutput.ReadToEndAsync();
        Task<string> errors = worker.StandardError.ReadToEndAsync();
        try
        {
            await worker.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            worker.Kill(entireProcessTree: true);
        }
        await worker.WaitForExitAsync();
        return (worker.ExitCode, await output + await errors);
    }
}
