using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>The real server in a process of its own, on free ports of the loopback interface.</summary>
public sealed class ServerProcess : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder output = new();
    private Process? process;

    public IReadOnlyDictionary<string, int> Ports { get; } = FreePorts(
        "query", "queryGrpc", "otlpGrpc", "otlpHttp", "zipkin", "jaegerHttp", "jaegerGrpc", "jaegerCompact", "jaegerCompactLegacy", "jaegerBinary", "sampling");

    /// <summary>Options of the command line beside the ports.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

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

    public string Target(string listener) => $"127.0.0.1:{Ports[listener]}";

    public async Task InitializeAsync()
    {
        process = Start([.. Ports.SelectMany(port => new[] { $"--listen.{port.Key}", $"127.0.0.1:{port.Value}" }), .. Arguments]);
        Query.BaseAddress = new Uri($"http://{Target("query")}/");
        Zipkin.BaseAddress = new Uri($"http://{Target("zipkin")}/");
        await Eventually.True(async () =>
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{Output}");
            using HttpResponseMessage ready = await Query.GetAsync("health/ready");
            return ready.StatusCode == HttpStatusCode.OK;
        }, Patience, () => $"The server is not ready:\n{Output}");
    }

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

    // Bound all at once and let go together, so that no two listeners are given the same port.
    private static Dictionary<string, int> FreePorts(params string[] names)
    {
        var sockets = new List<Socket>();
        var ports = new Dictionary<string, int>();
        foreach (string name in names)
        {
            bool udp = name is "jaegerCompact" or "jaegerCompactLegacy" or "jaegerBinary";
            var socket = new Socket(AddressFamily.InterNetwork, udp ? SocketType.Dgram : SocketType.Stream, udp ? ProtocolType.Udp : ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            sockets.Add(socket);
            ports[name] = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        sockets.ForEach(static socket => socket.Dispose());
        return ports;
    }
}
