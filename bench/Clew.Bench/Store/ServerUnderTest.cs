using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Clew.Bench.Store;

/// <summary>The real server in a process of its own, watched from outside: what it costs is what the kernel says it used.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    // USER_HZ, the unit of times in /proc, is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    private static readonly string[] Listeners =
        ["query", "queryGrpc", "otlpGrpc", "otlpHttp", "zipkin", "jaegerHttp", "jaegerGrpc", "jaegerCompact", "jaegerCompactLegacy", "jaegerBinary", "sampling"];

    private readonly StringBuilder output = new();
    private readonly Process process;
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerUnderTest(string assembly, string dataDirectory)
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo(
                "dotnet", [assembly, .. Listeners.SelectMany(static name => new[] { $"--listen.{name}", "127.0.0.1:0" }), "--data-dir", dataDirectory, "--log.level", "warning"])
            {
                RedirectStandardOutput = true,
            },
        };
        process.OutputDataReceived += (_, line) => Read(line.Data);
    }

    public Uri OtlpHttp => Address("OTLP over HTTP");

    public Uri OtlpGrpc => Address("OTLP over gRPC");

    public Uri Query => Address("pages, Jaeger query API");

    /// <summary>User and system time so far.</summary>
    public double CpuSeconds
    {
        get
        {
            string[] fields = File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>Resident memory in MB: of its own, and of mapped files.</summary>
    public (double OwnMb, double FilesMb) Memory => (Status("RssAnon"), Status("RssFile"));

    /// <summary>Starts it; <see cref="StartTime"/> says how long it took until it was ready.</summary>
    public static async Task<ServerUnderTest> StartAsync(string assembly, string dataDirectory)
    {
        var server = new ServerUnderTest(assembly, dataDirectory);
        long started = Stopwatch.GetTimestamp();
        server.process.Start();
        server.process.BeginOutputReadLine();
        await server.listening.Task.WaitAsync(TimeSpan.FromMinutes(5));
        using var client = new HttpClient();
        while (!(await client.GetAsync(new Uri(server.Query, "health/ready"))).IsSuccessStatusCode)
            await Task.Delay(5);
        server.StartTime = Stopwatch.GetElapsedTime(started);
        return server;
    }

    public TimeSpan StartTime { get; private set; }

    /// <summary>Waits until it has had nothing to do for a second: what it does behind its answers belongs to their cost.</summary>
    public async Task IdleAsync()
    {
        double before = double.NegativeInfinity;
        while (CpuSeconds - before > 0.03)
        {
            before = CpuSeconds;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private Uri Address(string purpose)
    {
        lock (output)
            return new Uri(Regex.Match(output.ToString(), $@"(http://127\.0\.0\.1:[0-9]+) +{Regex.Escape(purpose)}").Groups[1].Value);
    }

    private double Status(string name) => double.Parse(
        Regex.Match(File.ReadAllText($"/proc/{process.Id}/status"), $@"{name}:\s+([0-9]+) kB").Groups[1].Value, CultureInfo.InvariantCulture) / 1024;

    private void Read(string? line)
    {
        lock (output)
            output.AppendLine(line);
        if (line is null || line.StartsWith("Open http", StringComparison.Ordinal))
            listening.TrySetResult();
    }
}
