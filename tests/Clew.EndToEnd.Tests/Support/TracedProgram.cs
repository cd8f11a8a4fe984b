using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>A web program in a process of its own, on a free port.</summary>
internal sealed partial class TracedProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder output = new();
    private readonly Process process;

    private TracedProgram(string program, string[] arguments, string assembly, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The sample, in the configuration the tests were built in.</summary>
    public static string Books => Path.Combine(SampleFolder, "Books.dll");

    public static string SampleFolder
    {
        get
        {
            string framework = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            string configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);
            return Path.Combine(Fixtures.RepositoryRoot, "samples", "Books", "bin", configuration, framework);
        }
    }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public static Task<TracedProgram> StartAsync(string assembly, params (string Name, string Value)[] environment) => StartedAsync(new TracedProgram("dotnet", [assembly], assembly, environment));

    /// <summary>A program that brings its runtime along.</summary>
    public static Task<TracedProgram> StartExecutableAsync(string path, params (string Name, string Value)[] environment) => StartedAsync(new TracedProgram(path, [], path, environment));

    private static async Task<TracedProgram> StartedAsync(TracedProgram program)
    {
        await Eventually.True(() => Task.FromResult(program.process.HasExited || Listening().IsMatch(program.Output)), Patience, () => $"The program does not start:\n{program.Output}");
        Assert.False(program.process.HasExited, program.Output);
        program.Client.BaseAddress = new Uri(Listening().Match(program.Output).Groups[1].Value);
        return program;
    }

    /// <summary>Asks the program to stop as a service manager does.</summary>
    public async Task<int> StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:[0-9]+)")]
    private static partial Regex Listening();
}
