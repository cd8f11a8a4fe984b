using System.Net;
using System.Text;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Receivers;

public sealed class ZipkinIngestTests : IAsyncLifetime
{
    private const string OneSpan = """[{"traceId":"0000000000000001","id":"0000000000000002","name":"get"}]""";

    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store, options => options with
    {
        Limits = options.Limits with { RequestBytesMax = 1 << 20, RequestBytesDecompressedMax = 2 << 20 },
    });

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Spans_are_stored_before_the_202_whatever_the_content_type_says(string? contentType)
    {
        using HttpResponseMessage response = await PostAsync(Encoding.UTF8.GetBytes(OneSpan), contentType);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 1), default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[ ]")]
    public async Task Nothing_to_store_is_fine(string body)
    {
        using HttpResponseMessage response = await PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task Gzip_is_unfolded()
    {
        using HttpResponseMessage response = await PostAsync(HttpSend.Gzip(Encoding.UTF8.GetBytes(OneSpan)), encoding: "gzip");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, store.GetStatistics().Spans);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{]")]
    [InlineData("not json")]
    [InlineData("""[{"traceId":"xyz","id":"1"}]""")]
    [InlineData("""[{"traceId":"1","id":"2"},{"traceId":"1"}]""")]
    public async Task Bad_spans_get_400_with_a_line_of_text_and_nothing_is_stored(string body)
    {
        using HttpResponseMessage response = await PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal((HttpStatusCode.BadRequest, "text/plain"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.True((await response.Content.ReadAsStringAsync()).Length > 10);
        Assert.Equal(0, store.GetStatistics().Spans);
    }

    [Fact]
    public async Task Deep_nesting_gets_400()
    {
        string nested = new string('[', 50_000) + new string(']', 50_000);
        foreach (string body in new[] { nested, $$"""[{"traceId":"1","id":"2","unknown":{{nested}}}]""" })
        {
            using HttpResponseMessage response = await PostAsync(Encoding.UTF8.GetBytes(body));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task Bodies_over_the_limits_get_413()
    {
        using HttpResponseMessage received = await PostAsync(new byte[(1 << 20) + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, received.StatusCode);

        using HttpResponseMessage unfolded = await PostAsync(HttpSend.Bomb(50 << 20), encoding: "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, unfolded.StatusCode);
    }

    [Fact]
    public async Task Unknown_content_encodings_get_415()
    {
        using HttpResponseMessage brotli = await PostAsync([1], encoding: "br");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, brotli.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string? contentType = "application/json", string? encoding = null) =>
        server.PostAsync(ListenerRole.Zipkin, "/api/v2/spans", body, contentType, encoding);
}
