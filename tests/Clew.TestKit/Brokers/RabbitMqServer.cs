using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Clew.TestKit;

/// <summary>
/// A RabbitMQ broker of its own for a test: Debian's <c>rabbitmq-server</c> on loopback, with its own name, ports, port mapper and folder, as
/// user guest. It ends by process id and takes its folder with it.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string PortMapper = "/usr/bin/epmd";
    private const string StartedSign = "Server startup complete";
    private const int Attempts = 3;

    // The broker takes about 5 s, several times that on a machine that builds beside it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-rabbitmq-");
    private readonly string node = $"clew-{Guid.NewGuid():N}@localhost";
    private int port;
    private int distributionPort;
    private int mapperPort;
    private Process? mapper;
    private Process? broker;

    private RabbitMqServer()
    {
    }

    /// <summary>Why no broker can be started here; null when one can.</summary>
    public static string? MissingReason => File.Exists(Program) && File.Exists(PortMapper)
        ? null
        : "real component missing: install Debian's rabbitmq-server (./test does where it may)";

    /// <summary>Where clients connect.</summary>
    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{port}/");

    /// <summary>A broker that takes connections.</summary>
    public static async Task<RabbitMqServer> StartAsync()
    {
        var server = new RabbitMqServer();
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                server.port = FreePort();
                server.distributionPort = FreePort();
                server.mapperPort = FreePort();
                try
                {
                    await server.StartAgainAsync();
                    return server;
                }
                catch (InvalidOperationException) when (attempt < Attempts)
                {
                    // Another program may have been quicker to one of the ports.
                    await server.EndMapperAsync();
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the stopped broker at the same address with what it had stored.</summary>
    public async Task StartAgainAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            log.file = false
            log.console = true
            log.console.level = info

            """));
        mapper ??= Start(PortMapper);
        broker = Start(Program);
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        broker.OutputDataReceived += (_, line) =>
        {
            lock (output)
                output.Add(line.Data ?? "");
            if (line.Data is null || line.Data.Contains(StartedSign, StringComparison.Ordinal))
                started.TrySetResult(line.Data is not null);
        };
        broker.ErrorDataReceived += (_, line) =>
        {
            lock (output)
                output.Add(line.Data ?? "");
        };
        broker.BeginOutputReadLine();
        broker.BeginErrorReadLine();
        if (await started.Task.WaitAsync(Patience))
            return;
        await StopAsync();
        lock (output)
            throw new InvalidOperationException($"The broker does not start:\n{string.Join('\n', output.TakeLast(30))}");
    }

    /// <summary>Stops the broker as its service would; what is durable stays.</summary>
    public async Task StopAsync()
    {
        if (broker is null)
            return;
        if (!broker.HasExited)
        {
            using Process kill = Process.Start("kill", ["-TERM", broker.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            try
            {
                await broker.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                broker.Kill(entireProcessTree: true);
                await broker.WaitForExitAsync();
            }
        }
        broker.Dispose();
        broker = null;
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing of it is wanted any more, so it need not be stopped gently.
        if (broker is { HasExited: false })
        {
            broker.Kill(entireProcessTree: true);
            await broker.WaitForExitAsync();
        }
        broker?.Dispose();
        broker = null;
        await EndMapperAsync();
        folder.Delete(recursive: true);
    }

    private async Task EndMapperAsync()
    {
        if (mapper is { HasExited: false })
        {
            mapper.Kill();
            await mapper.WaitForExitAsync();
        }
        mapper?.Dispose();
        mapper = null;
    }

    private Process Start(string program)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = program == Program,
            RedirectStandardError = program == Program,
        };
        string path = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment.Clear();
        foreach ((string name, string value) in Variables(path))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private IEnumerable<(string Name, string Value)> Variables(string path) =>
    [
        ("PATH", path),
        // The cookie of the Erlang node is kept here.
        ("HOME", folder.FullName),
        ("LANG", "C.UTF-8"),
        ("ERL_EPMD_PORT", Text(mapperPort)),
        ("ERL_EPMD_ADDRESS", "127.0.0.1"),
        ("RABBITMQ_NODENAME", node),
        ("RABBITMQ_DIST_PORT", Text(distributionPort)),
        ("RABBITMQ_CONFIG_FILE", Path.Combine(folder.FullName, "rabbitmq")),
        ("RABBITMQ_CONF_ENV_FILE", Path.Combine(folder.FullName, "none")),
        ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(folder.FullName, "plugins")),
        ("RABBITMQ_MNESIA_BASE", Path.Combine(folder.FullName, "data")),
        ("RABBITMQ_LOG_BASE", Path.Combine(folder.FullName, "log")),
        ("RABBITMQ_PID_FILE", Path.Combine(folder.FullName, "pid")),
        // One scheduler that sleeps when idle: tests share their machine.
        ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}"),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A port that is free now and that no client is given by the system: those begin at 32768 on Linux.</summary>
    private static int FreePort()
    {
        while (true)
        {
            int candidate = Random.Shared.Next(20_000, 32_000);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, candidate));
                return candidate;
            }
            catch (SocketException)
            {
            }
        }
    }
}
