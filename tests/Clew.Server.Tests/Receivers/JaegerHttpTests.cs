using System.Net;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Receivers;

public sealed class JaegerHttpTests : IAsyncLifetime
{
    private const string Name = "otel-go-1.1.0-jaeger-http.01.bin";

    private readonly MemoryStore store = new();
    private readonly byte[] batch = Capture.Read(Name);
    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store);

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Theory]
    [InlineData("application/x-thrift", null)]
    [InlineData("application/vnd.apache.thrift.binary; charset=x", null)]
    [InlineData("application/x-thrift", "gzip")]
    public async Task A_batch_is_stored_before_the_202(string contentType, string? encoding)
    {
        using HttpResponseMessage response = await PostAsync(encoding is null ? batch : HttpSend.Gzip(batch), contentType, encoding);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        await IngestAssert.StoredAsync(store, Capture.Spans(Name, BatchFormat.JaegerThriftBinaryBatch));
    }

    [Theory]
    [InlineData("application/json", "Unsupported content type: application/json")]
    [InlineData("nonsense", "Cannot parse content type: 'nonsense'")]
    [InlineData(null, "Cannot parse content type: ''")]
    public async Task Other_content_types_get_400_in_Jaegers_words(string? contentType, string text)
    {
        using HttpResponseMessage response = await PostAsync(batch, contentType);

        Assert.Equal((HttpStatusCode.BadRequest, text + "\n"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_broken_batch_gets_400_in_Jaegers_words_and_the_next_one_is_stored()
    {
        foreach (byte[] body in new[] { batch[..^3], [], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF] })
        {
            using HttpResponseMessage response = await PostAsync(body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.StartsWith("Unable to process request body: ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(0, store.GetStatistics().Spans);

        using HttpResponseMessage good = await PostAsync(batch);
        Assert.Equal(HttpStatusCode.Accepted, good.StatusCode);
    }

    [Fact]
    public async Task A_store_in_trouble_gets_503_with_a_time_to_come_back()
    {
        await using TestServer other = await TestServer.StartAsync(new FakeStore { OnUse = () => throw new StoreUnavailableException("the disk is full") });

        using HttpResponseMessage response = await other.PostAsync(ListenerRole.JaegerHttp, "/api/traces", batch, "application/x-thrift");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (response.StatusCode, response.RetryAfter()));
        Assert.Equal("Cannot submit Jaeger batch: the disk is full\n", await response.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string? contentType = "application/x-thrift", string? encoding = null) =>
        server.PostAsync(ListenerRole.JaegerHttp, "/api/traces", body, contentType, encoding);
}
