using System.Net;
using System.Net.Http.Headers;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger.Grpc;

/// <summary>Readers of a streamed answer that stop reading: for a while, for ever, or by giving up the call.</summary>
public sealed class SlowReaderTests : IAsyncDisposable
{
    // 10 MB in answers of 10 kB. What may be under way without being read: the client's window of 64 KiB, which it may widen once or twice, Kestrel's buffer of as
    // much, a chunk being written.
    private const int Traces = 1000;
    private const int TextChars = 10_000;
    private const int UnreadTracesMax = 150;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryStore memory = new();
    private readonly CountingStore store;
    private readonly HttpClient client = new(new SocketsHttpHandler { InitialHttp2StreamWindowSize = 65_535 });

    public SlowReaderTests() => store = new CountingStore(memory);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await memory.DisposeAsync();
    }

    [Theory]
    [InlineData("/jaeger.api_v2.QueryService/FindTraces")]
    [InlineData("/jaeger.api_v3.QueryService/FindTraces")]
    public async Task A_reader_that_pauses_holds_its_answer_back_and_then_gets_all_of_it(string path)
    {
        await using TestServer server = await StartAsync();
        using HttpResponseMessage response = await AskAsync(server, path);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        Assert.Equal(1, await body.ReadAsync(new byte[1]));

        // Other calls of the same server go on meanwhile, on this connection too.
        using var other = new RawGrpcClient(server, ListenerRole.QueryGrpc);
        for (int i = 0; i < 50; i++)
            Assert.Equal(0, (await other.SendAsync("/jaeger.api_v2.QueryService/GetServices", RawGrpcClient.Frame([]))).Status);
        int askedWhilePaused = store.Asked;
        long read = 1 + await CountAsync(body);

        Assert.InRange(askedWhilePaused, 1, UnreadTracesMax);
        Assert.Equal(Traces, store.Asked);
        Assert.True(read > Traces * TextChars);
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    [Theory]
    [InlineData("/jaeger.api_v2.QueryService/FindTraces")]
    [InlineData("/jaeger.api_v3.QueryService/FindTraces")]
    public async Task A_reader_that_gives_up_ends_the_call_on_the_server(string path)
    {
        await using TestServer server = await StartAsync();
        using (HttpResponseMessage response = await AskAsync(server, path))
        {
            await using Stream body = await response.Content.ReadAsStreamAsync();
            Assert.Equal(1, await body.ReadAsync(new byte[1]));
        }

        await store.Cancelled.Task.WaitAsync(Patience);
        Assert.InRange(store.Asked, 1, UnreadTracesMax);
        // Nothing of the call is left that stopping would wait for.
        await server.StopAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_reader_that_never_goes_on_is_cut_off()
    {
        await using TestServer server = await StartAsync(stallMaxMs: 200);
        using HttpResponseMessage response = await AskAsync(server, "/jaeger.api_v2.QueryService/FindTraces");
        await using Stream body = await response.Content.ReadAsStreamAsync();
        Assert.Equal(1, await body.ReadAsync(new byte[1]));

        await store.Cancelled.Task.WaitAsync(Patience);

        Assert.InRange(store.Asked, 1, UnreadTracesMax);
        await Assert.ThrowsAnyAsync<IOException>(() => CountAsync(body));
    }

    private async Task<TestServer> StartAsync(int stallMaxMs = 60_000)
    {
        Span[] spans = [.. Enumerable.Range(1, Traces).Select(id => Span((ulong)id, 1).With(("text", new string('x', TextChars))))];
        await memory.AppendAsync(SpanWriter.WriteAll(spans, new SpanBatchBuilder()), default);
        return await TestServer.StartAsync(store, options => options with { Query = options.Query with { StallMaxMs = stallMaxMs } });
    }

    private async Task<HttpResponseMessage> AskAsync(TestServer server, string path)
    {
        byte[] find = QueryPayload.Find(minNs: (T0Us - 1) * 1000, maxNs: (T0Us + 1) * 1000, depth: Traces);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{server.EndPoint(ListenerRole.QueryGrpc)}{path}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(RawGrpcClient.Frame(find)) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<long> CountAsync(Stream body)
    {
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
            bytes += read;
        return bytes;
    }

    /// <summary>Counts the traces an answer has fetched so far.</summary>
    private sealed class CountingStore(ISpanStore inner) : ForwardingStore(inner)
    {
        private int asked;

        public int Asked => Volatile.Read(ref asked);

        /// <summary>Ends when the call that fetched the first trace is given up.</summary>
        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref asked) == 1)
                cancellationToken.Register(() => Cancelled.TrySetResult());
            return base.GetTraceAsync(traceId, cancellationToken);
        }
    }
}
