using System.Diagnostics;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>A folder with the packed library, and web programs that restore it from there and are published.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("clew-feed-").FullName;
    private int programs;

    // A version of its own: what was once restored of a version is never looked at again.
    private readonly string version = $"0.0.1-test.{Guid.NewGuid():N}";

    public async Task InitializeAsync()
    {
        string configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);
        string project = Path.Combine(Fixtures.RepositoryRoot, "src", "Clew.Tracing");
        await RunAsync(folder, "pack", project, "--no-build", "-c", configuration, $"-p:PackageVersion={version}", "-o", Path.Combine(folder, "feed"));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        // Nobody will ever ask for this version again.
        string restored = Path.Combine(RuntimePackFactAttribute.Packages, "clew.tracing", version);
        if (Directory.Exists(restored))
            Directory.Delete(restored, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Publishes a program that has <paramref name="line"/> after its builder; a warning of the trimmer is a failure.</summary>
    /// <returns>The executable.</returns>
    public async Task<string> PublishAsync(string line, string runtime, string option)
    {
        string home = Directory.CreateDirectory(Path.Combine(folder, $"program{Interlocked.Increment(ref programs)}")).FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "Program.cs"), $$"""
            var builder = WebApplication.CreateBuilder(args);
            {{line}}
            var app = builder.Build();
            app.MapGet("/hello/{name}", static context => context.Response.WriteAsync("hello " + context.Request.RouteValues["name"]));
            app.MapGet("/call/{name}", static async context =>
            {
                using var client = new HttpClient();
                string answer = await client.GetStringAsync($"http://{context.Request.Host}/hello/{context.Request.RouteValues["name"]}");
                await context.Response.WriteAsync("called: " + answer);
            });
            app.MapGet("/fail", static context => throw new InvalidOperationException("the program fails"));
            app.Run();
            """);
        await File.WriteAllTextAsync(Path.Combine(home, "Published.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
                <RestoreAdditionalProjectSources>{Path.Combine(folder, "feed")}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Clew.Tracing" Version="{version}" /></ItemGroup>
            </Project>
            """);
        await RunAsync(home, "publish", "-c", "Release", "-r", runtime, option, "-o", Path.Combine(home, "out"), "-nodeReuse:false");
        return Path.Combine(home, "out", "Published");
    }

    private static async Task RunAsync(string directory, params string[] arguments)
    {
        using Process run = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = run.StandardError.ReadToEndAsync();
        string output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, output + await errors);
    }
}
