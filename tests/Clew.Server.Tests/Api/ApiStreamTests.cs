using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Clew.Server.Hosting;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api;

/// <summary>Answers larger than one packet or one buffer.</summary>
public sealed class ApiStreamTests
{
    private const int Traces = 30;
    private const int SpansPerTrace = 300;

    [Fact]
    public async Task Large_answers_arrive_whole_through_both_apis()
    {
        await using ApiServer server = await StartAsync();

        using JsonDocument jaeger = JsonDocument.Parse((await server.Jaeger("/api/traces?service=web&limit=1000")).Body);
        using JsonDocument zipkin = JsonDocument.Parse((await server.Zipkin("/api/v2/traces?limit=1000")).Body);

        Assert.Equal(Enumerable.Repeat(SpansPerTrace, Traces), jaeger.RootElement.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("spans").GetArrayLength()));
        Assert.Equal(Enumerable.Repeat(SpansPerTrace, Traces), zipkin.RootElement.EnumerateArray().Select(trace => trace.GetArrayLength()));
    }

    [Theory]
    [InlineData("query", "/api/traces?service=web&limit=1000")]
    [InlineData("query", "/api/services")]
    [InlineData("zipkin", "/api/v2/traces?limit=1000")]
    [InlineData("zipkin", "/api/v2/trace/1")]
    public async Task A_client_that_takes_gzip_gets_the_same_answer_compressed(string listener, string path)
    {
        await using ApiServer server = await StartAsync();
        HttpClient client = server.Client(listener == "query" ? ListenerRole.Query : ListenerRole.Zipkin);
        string plain = await client.GetStringAsync(new Uri(path, UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var body = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(body);
        Assert.Equal(plain, await reader.ReadToEndAsync());
    }

    private static Task<ApiServer> StartAsync() => ApiServer.StartAsync(
        [.. from trace in Enumerable.Range(1, Traces) from id in Enumerable.Range(1, SpansPerTrace) select Span((ulong)trace, (ulong)id, parent: id == 1 ? 0UL : 1).With(("text", new string('x', 100)))]);
}
