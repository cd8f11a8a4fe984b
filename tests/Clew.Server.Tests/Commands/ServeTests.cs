using System.Collections;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Clew.Server.Commands;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;

namespace Clew.Server.Tests.Commands;

public sealed class ServeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // And nothing in the data folder of whoever runs the tests.
    private static readonly string[] FreePorts = [.. Listener.All.Select(listener => $"--{listener.Setting}=0"), "--store=memory"];

    [Fact]
    public async Task It_says_where_it_listens_serves_and_stops_cleanly()
    {
        var store = new FakeStore();
        using var output = new LineWriter();
        using var error = new LineWriter();
        using var stop = new CancellationTokenSource();
        string[] args = ["serve", .. FreePorts.Where(IsNotZipkin), "--listen.zipkin=off"];
        Task<int> run = Cli.RunAsync(args, Context(store, output, error), stop.Token);

        string open = await output.LineAsync(line => line.StartsWith("Open ", StringComparison.Ordinal)).WaitAsync(Patience);

        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(new Uri(open["Open ".Length..]), "/health/ready"))).StatusCode);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await run.WaitAsync(Patience));
        Assert.True(store.IsDisposed);
        Assert.StartsWith("Clew ", output.Lines[0], StringComparison.Ordinal);
        Assert.Contains(output.Lines, line => line.Contains("OTLP over gRPC", StringComparison.Ordinal));
        Assert.DoesNotContain(output.Lines, line => line.Contains("Zipkin", StringComparison.Ordinal));
        Assert.StartsWith("Stopped", output.Lines[^1], StringComparison.Ordinal);
        Assert.Empty(error.Lines);
    }

    [Fact]
    public async Task A_port_in_use_ends_the_start_with_exit_code_1_before_the_store_is_opened()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var output = new LineWriter();
        using var error = new LineWriter();
        string[] args = [.. FreePorts.Where(IsNotZipkin), $"--listen.zipkin={port}"];

        int exitCode = await Cli.RunAsync(args, Context(null, output, error)).WaitAsync(Patience);

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Contains($"port {port} on 127.0.0.1", Assert.Single(error.Lines), StringComparison.Ordinal);
        Assert.Contains("--listen.zipkin", error.Lines[0], StringComparison.Ordinal);
        Assert.Empty(output.Lines);
    }

    private static bool IsNotZipkin(string arg) => !arg.StartsWith("--listen.zipkin", StringComparison.Ordinal);

    private static CommandContext Context(FakeStore? store, TextWriter output, TextWriter error) => new()
    {
        Output = output,
        Error = error,
        Environment = new Hashtable(),
        WorkingDirectory = Path.Combine(Path.GetTempPath(), "clew-no-such-folder"),
        OpenStore = (_, _, _) => new(store ?? throw new InvalidOperationException("No store is needed here.")),
    };

    /// <summary>Collects lines and lets a test wait for one.</summary>
    private sealed class LineWriter : TextWriter
    {
        private readonly Lock sync = new();
        private readonly List<string> lines = [];
        private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> waiting = [];

        public override Encoding Encoding => Encoding.UTF8;

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (sync)
                    return [.. lines];
            }
        }

        public override void WriteLine(string? value)
        {
            lock (sync)
            {
                lines.Add(value ?? "");
                foreach ((Func<string, bool> wanted, TaskCompletionSource<string> found) in waiting.Where(wait => wait.Wanted(lines[^1])))
                    found.TrySetResult(lines[^1]);
            }
        }

        public Task<string> LineAsync(Func<string, bool> wanted)
        {
            lock (sync)
            {
                var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                if (lines.FirstOrDefault(wanted) is { } line)
                    found.SetResult(line);
                else
                    waiting.Add((wanted, found));
                return found.Task;
            }
        }
    }
}
