using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Clew.EndToEnd.Tests.Support;
using Clew.TestKit;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Clew.EndToEnd.Tests;

/// <summary>The OpenTelemetry .NET SDK with its own OTLP exporter, as an application uses it.</summary>
public sealed class DotNetExporterTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task What_the_exporter_sends_is_found(OtlpExportProtocol protocol)
    {
        string service = $"dotnet-{protocol}";
        using var source = new ActivitySource(service);
        ActivityTraceId traceId;
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(service)
            .ConfigureResource(resource => resource.Clear().AddService(service, serviceVersion: "1.2.3"))
            .AddOtlpExporter(options =>
            {
                options.Protocol = protocol;
                options.Endpoint = protocol == OtlpExportProtocol.Grpc
                    ? new Uri($"http://{server.Target("otlpGrpc")}")
                    : new Uri($"http://{server.Target("otlpHttp")}/v1/traces");
            })
            .Build())
        {
            using (Activity root = source.StartActivity("GET /book/{id}", ActivityKind.Server)!)
            {
                traceId = root.TraceId;
                root.SetTag("http.response.status_code", 500);
                root.SetTag("book.title", "Ariadne");
                using Activity child = source.StartActivity("SELECT book", ActivityKind.Client)!;
                child.AddException(new InvalidOperationException("no such row"));
                child.SetStatus(ActivityStatusCode.Error, "no such row");
            }
            Assert.True(provider.ForceFlush(10_000));
        }

        // The exporter has its acknowledgement, and acknowledged means found by the next query: no waiting here.
        using HttpResponseMessage answer = await server.Query.GetAsync($"api/traces/{traceId}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement trace = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0];
        Assert.Equal(["GET /book/{id}", "SELECT book"],
            trace.GetProperty("spans").EnumerateArray().Select(s => s.GetProperty("operationName").GetString()).Order());
        JsonElement failed = trace.GetProperty("spans").EnumerateArray().Single(s => s.GetProperty("operationName").GetString() == "SELECT book");
        Assert.Contains(failed.GetProperty("tags").EnumerateArray(), tag => tag.GetProperty("key").GetString() == "error" && tag.GetProperty("value").GetBoolean());
        Assert.Contains("no such row", failed.GetProperty("logs").GetRawText());

        string byNumber = await server.Query.GetStringAsync($"api/traces?service={service}&tag=http.response.status_code:500");
        Assert.Contains(traceId.ToString(), byNumber);
        string byText = await server.Query.GetStringAsync($"api/traces?service={service}&tag=book.title:Theseus");
        Assert.DoesNotContain(traceId.ToString(), byText);
    }

    [Fact]
    public async Task The_curl_of_the_readme_works()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(Fixtures.RepositoryRoot, "README.md"));
        string command = readme.Split("```").First(block => block.Contains("curl", StringComparison.Ordinal)).Split('\n', 2)[1]
            .Replace("localhost:4318", server.Target("otlpHttp"), StringComparison.Ordinal);
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-ec", command])
        {
            WorkingDirectory = Fixtures.RepositoryRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string output = await shell.StandardOutput.ReadToEndAsync() + await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, output);
        Assert.Contains("quick-start", await server.Query.GetStringAsync("api/services"));
    }
}
