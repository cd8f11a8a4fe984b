using System.Net;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;

namespace Clew.Server.Tests.Receivers;

public class CorsTests
{
    public static TheoryData<string, string> Doors => new() { { nameof(ListenerRole.OtlpHttp), "/v1/traces" }, { nameof(ListenerRole.Zipkin), "/api/v2/spans" } };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Pages_of_an_allowed_origin_may_send_spans(string role, string path)
    {
        await using TestServer server = await StartAsync("https://shop.example");

        using HttpResponseMessage preflight = await PreflightAsync(server, role, path, "https://shop.example");

        Assert.True(preflight.IsSuccessStatusCode);
        Assert.Equal(["https://shop.example"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["content-encoding,content-type,x-custom"], preflight.Headers.GetValues("Access-Control-Allow-Headers"));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Any_origin_is_allowed_by_a_star_and_others_get_no_headers(string role, string path)
    {
        await using TestServer any = await StartAsync("*");
        using HttpResponseMessage allowed = await PreflightAsync(any, role, path, "https://a.example");
        Assert.Equal(["*"], allowed.Headers.GetValues("Access-Control-Allow-Origin"));

        await using TestServer one = await StartAsync("https://shop.example");
        using HttpResponseMessage refused = await PreflightAsync(one, role, path, "https://evil.example");
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));

        await using TestServer none = await StartAsync();
        using HttpResponseMessage off = await PreflightAsync(none, role, path, "https://a.example");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, off.StatusCode);
    }

    private static Task<TestServer> StartAsync(params string[] origins) =>
        TestServer.StartAsync(new FakeStore(), options => options with { Cors = new() { AllowedOrigins = new(origins) } });

    private static async Task<HttpResponseMessage> PreflightAsync(TestServer server, string role, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-encoding,content-type,x-custom");
        return await server.Client(Enum.Parse<ListenerRole>(role)).SendAsync(request);
    }
}
