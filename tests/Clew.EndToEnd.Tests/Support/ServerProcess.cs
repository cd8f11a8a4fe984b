using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>The real server in a process of its own, on free ports of the loopback interface.</summary>
public sealed class ServerProcess : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder output = new();
    private Process? process;

    // What the server says of each listener when it has started. Every one is given port 0, so no other program can be quicker to a port.
    private static readonly Dictionary<string, string> Purposes = new()
    {
        ["query"] = "pages, Jaeger query API",
        ["queryGrpc"] = "Jaeger query API over gRPC",
        ["otlpGrpc"] = "OTLP over gRPC",
        ["otlpHttp"] = "OTLP over HTTP",
        ["zipkin"] = "Zipkin spans, query API",
        ["jaegerHttp"] = "Jaeger Thrift over HTTP",
        ["jaegerGrpc"] = "Jaeger spans over gRPC",
        ["jaegerCompact"] = "Jaeger agent, compact Thrift",
        ["jaegerCompactLegacy"] = "Jaeger agent, older port",
        ["jaegerBinary"] = "Jaeger agent, binary Thrift",
        ["sampling"] = "sampling strategies",
    };

    /// <summary>Options of the command line; listeners not named here get port 0.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where the server keeps its data: a new directory unless a test gives one to use again, and then deletes it.</summary>
    public string DataDirectory { get; init; } = Directory.CreateTempSubdirectory("clew-e2e-").FullName;

    public bool KeepsData { get; init; }

    public HttpClient Query { get; } = new();

    public HttpClient Zipkin { get; } = new();

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Address and port that the started server says it listens on.</summary>
    public string Target(string listener)
    {
        Match line = Regex.Match(Output, $@"^ +(?:http|udp)://(127\.0\.0\.1:[0-9]+) +{Regex.Escape(Purposes[listener])}\r?$", RegexOptions.Multiline);
        Assert.True(line.Success, $"The server does not name {listener}:\n{Output}");
        return line.Groups[1].Value;
    }

    public async Task InitializeAsync()
    {
        IEnumerable<string> unsettled = Purposes.Keys.Where(listener => !Arguments.Contains($"--listen.{listener}"));
        process = Start([.. unsettled.SelectMany(static listener => new[] { $"--listen.{listener}", "127.0.0.1:0" }), "--data-dir", DataDirectory, .. Arguments]);
        await Eventually.True(() => IsRunningAsync("Open http"), Patience, () => $"The server does not start:\n{Output}");
        Query.BaseAddress = new Uri($"http://{Target("query")}/");
        Zipkin.BaseAddress = new Uri($"http://{Target("zipkin")}/");
        await Eventually.True(async () =>
        {
            using HttpResponseMessage ready = await Query.GetAsync("health/ready");
            return ready.StatusCode == HttpStatusCode.OK;
        }, Patience, () => $"The server is not ready:\n{Output}");
    }

    private Task<bool> IsRunningAsync(string sign) => process!.HasExited
        ? throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{Output}")
        : Task.FromResult(Output.Contains(sign, StringComparison.Ordinal));

    public async Task DisposeAsync()
    {
        Query.Dispose();
        Zipkin.Dispose();
        if (process is null)
            return;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        if (!KeepsData)
            Directory.Delete(DataDirectory, recursive: true);
    }

    /// <summary>Ends the process without a word to it, as a crash does.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks the server to stop as a service manager does and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", process!.Id.ToString()]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Runs the server command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var server = new ServerProcess();
        using Process run = server.Start(arguments);
        await run.WaitForExitAsync().WaitAsync(Patience);
        run.WaitForExit();
        return (run.ExitCode, server.Output);
    }

    /// <summary>Runs a command until it has written a text, then presses Ctrl-C.</summary>
    public static async Task<(int ExitCode, string Output)> InterruptAsync(string text, params string[] arguments)
    {
        var server = new ServerProcess();
        using Process run = server.Start(arguments);
        await Eventually.True(() => Task.FromResult(run.HasExited || server.Output.Contains(text, StringComparison.Ordinal)), Patience, () => $"'{text}' was not written:\n{server.Output}");
        using (Process kill = Process.Start("kill", ["-INT", run.Id.ToString()]))
            await kill.WaitForExitAsync();
        await run.WaitForExitAsync().WaitAsync(Patience);
        run.WaitForExit();
        return (run.ExitCode, server.Output);
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [ServerAssembly(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        Process started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) => Append(line.Data);
        started.ErrorDataReceived += (_, line) => Append(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private void Append(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
    }

    // The configuration (Debug, Release) the tests were built in is the one the server was built in.
    private static string ServerAssembly()
    {
        string framework = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);
        return Path.Combine(Fixtures.RepositoryRoot, "src", "Clew.Server", "bin", configuration, framework, "clew.dll");
    }
}
