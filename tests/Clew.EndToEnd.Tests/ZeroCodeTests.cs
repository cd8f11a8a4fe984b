using System.Diagnostics;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests;

/// <summary>A web program that knows nothing of tracing, published as it would be deployed.</summary>
public sealed class ZeroCodeTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    private const string Program = """
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/hello/{name}", (string name) => $"hello {name}");
        app.Run();
        """;

    [Fact]
    public async Task A_program_published_with_the_assembly_is_traced_by_one_variable()
    {
        string references = string.Concat(Libraries().Select(path => $"""<Reference Include="{Path.GetFileNameWithoutExtension(path)}" HintPath="{path}" />"""));
        await TraceAsync(references, ("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "Clew.Tracing"));
    }

    [Fact]
    public async Task A_program_published_without_it_is_traced_by_a_startup_hook() =>
        await TraceAsync("", ("DOTNET_STARTUP_HOOKS", Path.Combine(TracedProgram.SampleFolder, "Clew.Tracing.dll")));

    [Fact]
    public async Task Without_the_variables_nothing_is_loaded()
    {
        using var folder = new Folder();
        await using TracedProgram plain = await TracedProgram.StartAsync(await PublishAsync(folder.Path, ""));
        Assert.Equal("hello you", await plain.Client.GetStringAsync("/hello/you"));

        Assert.DoesNotContain("Clew", plain.Output);
    }

    private async Task TraceAsync(string references, (string Name, string Value) variable)
    {
        using var folder = new Folder();
        string service = "zero-" + Guid.NewGuid().ToString("N")[..8];
        await using TracedProgram plain = await TracedProgram.StartAsync(
            await PublishAsync(folder.Path, references), variable, ("OTEL_SERVICE_NAME", service), ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{server.Target("otlpGrpc")}"));
        Assert.Equal("hello you", await plain.Client.GetStringAsync("/hello/you"));
        Assert.Equal(0, await plain.StopAsync());

        Assert.Contains("GET /hello/{name}", await server.Query.GetStringAsync($"api/traces?service={service}"));
    }

    private static IEnumerable<string> Libraries() =>
        Directory.EnumerateFiles(TracedProgram.SampleFolder, "*.dll").Where(path => Path.GetFileName(path) is "Clew.Tracing.dll" || Path.GetFileName(path).StartsWith("OpenTelemetry", StringComparison.Ordinal));

    private static async Task<string> PublishAsync(string folder, string references)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program);
        await File.WriteAllTextAsync(Path.Combine(folder, "Plain.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><UseAppHost>false</UseAppHost></PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        using Process publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "-c", "Release", "-o", Path.Combine(folder, "out"), "-nodeReuse:false"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = publish.StandardError.ReadToEndAsync();
        string output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output + await errors);
        return Path.Combine(folder, "out", "Plain.dll");
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("clew-zero-code").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
