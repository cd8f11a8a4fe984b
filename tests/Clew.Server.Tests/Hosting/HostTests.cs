using System.Collections;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;

namespace Clew.Server.Tests.Hosting;

public sealed class HostTests
{
    [Fact]
    public async Task A_request_in_flight_is_answered_before_the_server_stops()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var store = new FakeStore
        {
            OnUse = () =>
            {
                reached.TrySetResult();
                return release.Task;
            },
        };
        await using TestServer server = await TestServer.StartAsync(store);
        Task<HttpResponseMessage> request = server.Client(ListenerRole.Query).GetAsync(new Uri("/health/ready", UriKind.Relative));
        await reached.Task;

        Task stop = server.StopAsync();

        Assert.False(stop.IsCompleted);
        release.SetResult();
        using HttpResponseMessage response = await request;
        Assert.NotEqual(HttpStatusCode.NotFound, response.StatusCode);
        await stop;
        Assert.False(store.IsDisposed);
    }

    [Theory]
    [InlineData("/traces/health/live")]
    [InlineData("/health/live")]
    [InlineData("/TRACES/health/live")]
    public async Task Pages_are_found_whether_the_proxy_passes_the_prefix_on_or_strips_it(string path)
    {
        await using TestServer server = await TestServer.StartAsync(
            new FakeStore(), options => options with { Web = new() { BasePath = "/traces" } });
        using HttpResponseMessage response = await server.Client(ListenerRole.Query).GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("https://shop.example", "https://shop.example", true)]
    [InlineData("https://shop.example", "https://evil.example", false)]
    [InlineData("*", "https://any.example", true)]
    public async Task Only_configured_origins_may_send_from_a_browser(string allowed, string origin, bool expected)
    {
        await using TestServer server = await TestServer.StartAsync(
            new FakeStore(), options => options with { Cors = new() { AllowedOrigins = new(allowed) } });
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/traces");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type");
        using HttpResponseMessage response = await server.Client(ListenerRole.OtlpHttp).SendAsync(preflight);
        Assert.Equal(expected, response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Systemd_is_told_when_it_asked()
    {
        string path = Path.Combine(Path.GetTempPath(), $"clew-notify-{Environment.ProcessId}.sock");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            new ServiceManager(new Hashtable { ["NOTIFY_SOCKET"] = path }).Notify(ServiceManager.Ready);
            byte[] buffer = new byte[64];
            int length = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal("READY=1", Encoding.UTF8.GetString(buffer, 0, length));
        }
        finally
        {
            File.Delete(path);
        }
        new ServiceManager(new Hashtable()).Notify(ServiceManager.Ready);
    }
}
