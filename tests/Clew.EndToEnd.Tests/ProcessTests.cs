using System.Net;
using System.Net.Sockets;
using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests;

/// <summary>The command as an operator meets it.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task A_request_to_stop_ends_the_server_cleanly()
    {
        var server = new ServerProcess();
        await server.InitializeAsync();
        try
        {
            Assert.Equal(0, await server.StopAsync());
            Assert.DoesNotContain("Unhandled", server.Output);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("listen.otlpHttp", SocketType.Stream)]
    [InlineData("listen.jaegerCompact", SocketType.Dgram)]
    public async Task A_port_in_use_stops_the_start_with_one_line_that_names_port_and_setting(string setting, SocketType type)
    {
        using var squatter = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        squatter.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (type == SocketType.Stream)
            squatter.Listen();
        int port = ((IPEndPoint)squatter.LocalEndPoint!).Port;
        string[] off = ["query", "queryGrpc", "otlpGrpc", "otlpHttp", "zipkin", "jaegerHttp", "jaegerGrpc", "jaegerCompact", "jaegerCompactLegacy", "jaegerBinary"];

        (int exitCode, string output) = await ServerProcess.RunAsync(
            [.. off.Where(name => $"listen.{name}" != setting).SelectMany(name => new[] { $"--listen.{name}", name == "query" ? "0" : "off" }), $"--{setting}", port.ToString()]);

        Assert.Equal(1, exitCode);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => l.Contains(port.ToString(), StringComparison.Ordinal));
        Assert.Contains(setting, line);
        Assert.DoesNotContain("   at ", output);
    }

    [Fact]
    public async Task A_misspelt_setting_stops_the_start_and_names_the_nearest_one()
    {
        (int exitCode, string output) = await ServerProcess.RunAsync("--listen.otlpGrcp", "4317");
        Assert.Equal(2, exitCode);
        Assert.Contains("listen.otlpGrcp", output);
        Assert.Contains("listen.otlpGrpc", output);
    }
}
