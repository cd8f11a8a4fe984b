using System.Net;
using System.Net.Sockets;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Hosting;

public sealed class ListenerTests
{
    [Fact]
    public void The_table_of_listeners_stands_in_the_order_of_roles() =>
        Assert.Equal(Enum.GetValues<ListenerRole>(), Listener.All.Select(listener => listener.Role));

    [Fact]
    public async Task Every_tcp_listener_gets_a_port_of_its_own_and_answers_there()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeStore());
        var ports = new HashSet<int>();
        foreach (Listener listener in Listener.All.Where(listener => !listener.IsUdp))
        {
            Assert.True(ports.Add(server.EndPoint(listener.Role).Port));
            using HttpResponseMessage response = await server.Client(listener.Role).GetAsync(new Uri("/no/such/page", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_listener_that_is_off_is_not_bound()
    {
        await using TestServer server = await TestServer.StartAsync(
            new FakeStore(), options => options with { Listen = options.Listen with { Zipkin = null, JaegerBinary = null } });
        Assert.Null(server.Services.GetRequiredService<BoundListeners>()[ListenerRole.Zipkin]);
        Assert.Null(server.Services.GetRequiredService<UdpListeners>().Bind(ListenerRole.JaegerBinary));
    }

    [Fact]
    public void A_udp_port_in_use_is_told_with_its_setting()
    {
        using Socket taken = UdpListeners.NewSocket(new(IPAddress.Loopback, 0));
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endpoint = (IPEndPoint)taken.LocalEndPoint!;
        var listeners = new UdpListeners(new() { Listen = new() { JaegerCompact = endpoint } }, new());

        var error = Assert.Throws<ListenException>(() => listeners.Bind(ListenerRole.JaegerCompact));

        Assert.Contains($"UDP port {endpoint.Port} on 127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("--listen.jaegerCompact=PORT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_port_in_use_is_found_before_the_start()
    {
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        using Socket udp = UdpListeners.NewSocket(new(IPAddress.Loopback, 0));
        udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var free = new IPEndPoint(IPAddress.Loopback, 0);

        IReadOnlyList<string> conflicts = PortConflict.Find(new ListenOptions
        {
            Query = (IPEndPoint)tcp.LocalEndpoint,
            QueryGrpc = null,
            OtlpGrpc = null,
            OtlpHttp = free,
            Zipkin = free,
            JaegerHttp = free,
            JaegerGrpc = free,
            JaegerCompact = free,
            JaegerCompactLegacy = null,
            JaegerBinary = (IPEndPoint)udp.LocalEndPoint!,
        });

        Assert.Collection(
            conflicts,
            line => Assert.StartsWith($"TCP port {((IPEndPoint)tcp.LocalEndpoint).Port} ", line, StringComparison.Ordinal),
            line => Assert.Contains("--listen.jaegerBinary=off", line, StringComparison.Ordinal));
    }
}
