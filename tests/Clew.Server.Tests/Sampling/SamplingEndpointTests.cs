using System.Net;
using System.Text;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;

namespace Clew.Server.Tests.Sampling;

public sealed class SamplingEndpointTests : IAsyncLifetime
{
    private const string GetSamplingStrategy = "/jaeger.api_v2.SamplingManager/GetSamplingStrategy";

    private readonly StrategiesFile file = new("""
        {"default_strategy":{"type":"probabilistic","param":0.25},
         "service_strategies":[{"service":"batch","type":"ratelimiting","param":7},
           {"service":"cart","type":"probabilistic","param":0.1,"operation_strategies":[{"operation":"GET /","type":"probabilistic","param":0.5}]}]}
        """);

    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(
        new FakeStore(), options => options with { Sampling = options.Sampling with { StrategiesFile = file.Path } });

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        file.Dispose();
    }

    [Theory]
    [InlineData(nameof(ListenerRole.Sampling), "/sampling?service=shop", """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.25}}""")]
    [InlineData(nameof(ListenerRole.Sampling), "/api/sampling?service=batch", """{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":7}}""")]
    [InlineData(nameof(ListenerRole.JaegerHttp), "/api/sampling?service=batch", """{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":7}}""")]
    [InlineData(nameof(ListenerRole.Sampling), "/?service=shop", """{"strategyType":0,"probabilisticSampling":{"samplingRate":0.25}}""")]
    [InlineData(nameof(ListenerRole.Sampling), "/?service=batch", """{"strategyType":1,"rateLimitingSampling":{"maxTracesPerSecond":7}}""")]
    [InlineData(nameof(ListenerRole.Sampling), "/baggageRestrictions?service=shop", "[]")]
    public async Task An_SDK_is_answered_as_Jaeger_answers(string role, string path, string expected)
    {
        using HttpResponseMessage answer = await server.Client(Enum.Parse<ListenerRole>(role)).GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
    }

    [Theory]
    [InlineData("/sampling")]
    [InlineData("/sampling?service=a&service=b")]
    [InlineData("/api/sampling")]
    [InlineData("/")]
    [InlineData("/baggageRestrictions")]
    public async Task The_service_must_be_given_once(string path)
    {
        using HttpResponseMessage answer = await server.Client(ListenerRole.Sampling).GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("'service' parameter must be provided once\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("shop", "1209" + "09" + "000000000000D03F")]
    [InlineData("batch", "0801" + "1A02" + "0807")]
    [InlineData("cart", "1209" + "09" + "9A9999999999B93F"
        + "221D" + "09" + "9A9999999999B93F" + "1A12" + "0A05" + "474554202F" + "1209" + "09" + "000000000000E03F")]
    public async Task The_same_is_answered_over_grpc(string service, string expected)
    {
        using var client = new RawGrpcClient(server);
        byte[] request = [0x0A, (byte)service.Length, .. Encoding.UTF8.GetBytes(service)];

        RawGrpcClient.Answer answer = await client.SendAsync(GetSamplingStrategy, RawGrpcClient.Frame(request));

        Assert.Equal(0, answer.Status);
        Assert.Equal(expected, Convert.ToHexString(answer.Body.AsSpan(5)));
    }

    [Fact]
    public async Task A_service_name_of_more_than_127_bytes_is_read_and_a_wrong_message_refused()
    {
        using var client = new RawGrpcClient(server);
        byte[] request = [0x0A, 0xC8, 0x01, .. new byte[200]];

        Assert.Equal(0, (await client.SendAsync(GetSamplingStrategy, RawGrpcClient.Frame(request))).Status);
        Assert.Equal(3, (await client.SendAsync(GetSamplingStrategy, RawGrpcClient.Frame([0x0A, 0x05, 0x41]))).Status);
    }
}
