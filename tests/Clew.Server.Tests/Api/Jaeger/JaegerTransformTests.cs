using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Api.Jaeger;

public sealed class JaegerTransformTests
{
    [Fact]
    public async Task OTLP_json_comes_back_as_jaegers_traces_and_is_not_stored()
    {
        await using var store = new MemoryStore();
        await using ApiServer server = await ApiServer.StartAsync(store);

        (HttpStatusCode status, string body) = await PostAsync(server, OtlpPayload.Json((1, 2), (9, 3), (1, 4)));

        Assert.Equal(HttpStatusCode.OK, status);
        JsonElement answer = JsonDocument.Parse(body).RootElement;
        Assert.Equal(["0000000000000001", "0000000000000009"], answer.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("traceID").GetString()));
        Assert.Equal([2, 1], answer.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("spans").GetArrayLength()));
        Assert.Equal("made by hand", answer.GetProperty("data")[0].GetProperty("spans")[0].GetProperty("operationName").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("errors").ValueKind);
        Assert.Equal(0, store.GetStatistics().Spans);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}""")]
    public async Task What_is_not_OTLP_is_a_400_that_says_so(string body)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        (HttpStatusCode status, string answer) = await PostAsync(server, Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("""{"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":400,"msg":"cannot unmarshal OTLP : """, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_a_413()
    {
        await using var store = new MemoryStore();
        await using ApiServer server = await ApiServer.StartAsync(store, options => options with { Limits = options.Limits with { RequestBytesMax = 1 << 10 } });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(server, new byte[(1 << 10) + 1])).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, OtlpPayload.Json((1, 2)))).Status);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(ApiServer server, byte[] body)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using HttpResponseMessage response = await server.Client(ListenerRole.Query).PostAsync(new Uri("/api/transform", UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
