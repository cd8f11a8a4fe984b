using System.Net;
using System.Runtime.InteropServices;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests;

/// <summary>Programs that get the library as its users do, packed and from a feed, and are published without a framework to run on.</summary>
public sealed class PublishedProgramTests(ServerProcess server, PackageFeed feed) : IClassFixture<ServerProcess>, IClassFixture<PackageFeed>
{
    private const string Line = "builder.AddClewTracing();";

    [RuntimePackFact]
    public async Task A_self_contained_program_is_traced_by_the_line() => await TraceAsync(Line, "--self-contained", []);

    [RuntimePackFact]
    public async Task A_self_contained_program_is_traced_by_one_variable() =>
        await TraceAsync("", "--self-contained", [("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "Clew.Tracing")]);

    [RuntimePackFact]
    public async Task A_trimmed_program_builds_without_warnings_and_is_traced() => await TraceAsync(Line, "-p:PublishTrimmed=true", []);

    private async Task TraceAsync(string line, string option, (string Name, string Value)[] environment)
    {
        string service = "published-" + Guid.NewGuid().ToString("N")[..8];
        string executable = await feed.PublishAsync(line, RuntimeInformation.RuntimeIdentifier, option);
        await using TracedProgram program = await TracedProgram.StartExecutableAsync(
            executable, [.. environment, ("OTEL_SERVICE_NAME", service), ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{server.Target("otlpGrpc")}")]);
        Assert.Equal("called: hello you", await program.Client.GetStringAsync("/call/you"));
        using (HttpResponseMessage failed = await program.Client.GetAsync("/fail"))
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Contains(" trace=", program.Output);
        Assert.Equal(0, await program.StopAsync());

        string traces = await server.Query.GetStringAsync($"api/traces?service={service}");
        foreach (string expected in (string[])["GET /call/{name}", "GET /hello/{name}", "GET /fail", "the program fails", "http.response.status_code", "url.full"])
            Assert.Contains(expected, traces);
    }
}
