using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Clew.Server.Hosting;
using Clew.Server.Receivers.Udp;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;
using Clew.TestKit;

namespace Clew.Server.Tests.Receivers;

public sealed class ReceiveBufferTests
{
    [Fact]
    public async Task The_system_tells_what_it_dropped_for_want_of_room()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        ReceiveBuffer buffer = ReceiveBuffer.Ask(socket, 4096);
        Assert.InRange(buffer.GrantedBytes, 1024, 1 << 20);
        Assert.Equal(OperatingSystem.IsLinux() ? 0u : null, ReceiveBuffer.DroppedBySystem(socket));

        using var sender = new UdpClient();
        int sent = buffer.GrantedBytes / 100;
        for (int i = 0; i < sent; i++)
            await sender.SendAsync(new byte[1000], (IPEndPoint)socket.LocalEndPoint!);

        if (OperatingSystem.IsLinux())
            Assert.InRange(ReceiveBuffer.DroppedBySystem(socket)!.Value, 1u, (uint)sent);
    }

    [Fact]
    public void Less_than_asked_is_seen()
    {
        Assert.True(new ReceiveBuffer(1, 2).IsSmall);
        Assert.False(new ReceiveBuffer(2, 2).IsSmall);
        Assert.False(new ReceiveBuffer(2, 0).IsSmall);
    }

    [Fact]
    public async Task What_the_system_drops_is_counted_and_shown()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using TestServer server = await TestServer.StartAsync(
            new MemoryStore(), options => options with { Ingest = options.Ingest with { UdpReceiveBufferBytes = 2048 } });
        byte[] datagram = Capture.Read("jaeger-client-go-2.30.0-udp.01.bin");
        using var sender = new UdpClient();
        sender.Connect(server.EndPoint(ListenerRole.JaegerCompact));
        // The receiver is quick, so one burst may not be enough.
        await Eventually.True(
            async () =>
            {
                for (int i = 0; i < 2000; i++)
                    sender.Send(datagram);
                return await KernelDropsAsync(server) > 0;
            },
            TimeSpan.FromSeconds(60),
            () => "nothing was dropped");
        string metrics = await server.Client(ListenerRole.Query).GetStringAsync("/metrics");
        Assert.Contains("clew_ingest_udp_dropped_total{reason=\"kernel\",receiver=\"jaeger-udp-compact\"}", metrics, StringComparison.Ordinal);
    }

    private static async Task<long> KernelDropsAsync(TestServer server)
    {
        using JsonDocument report = JsonDocument.Parse(await server.Client(ListenerRole.Query).GetStringAsync("/api/clew/intake"));
        JsonElement receiver = report.RootElement.GetProperty("receivers").EnumerateArray().Single(receiver => receiver.GetProperty("receiver").GetString() == "jaeger-udp-compact");
        Assert.Equal(2048, receiver.GetProperty("receiveBuffer").GetProperty("askedBytes").GetInt32());
        return receiver.GetProperty("refused").EnumerateArray()
            .Where(count => count.GetProperty("reason").GetString() == "kernel").Sum(count => count.GetProperty("requests").GetInt64());
    }
}
