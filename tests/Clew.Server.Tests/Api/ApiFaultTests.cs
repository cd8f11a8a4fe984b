using System.Net;
using Clew.Model;
using Clew.Query;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Api;

public sealed class ApiFaultTests
{
    public static TheoryData<string, string> Paths => new()
    {
        { "query", "/api/services" },
        { "query", "/api/services/web/operations" },
        { "query", "/api/operations?service=web" },
        { "query", "/api/traces?service=web" },
        { "query", "/api/traces?traceID=1" },
        { "query", "/api/traces/1" },
        { "query", "/api/dependencies" },
        { "zipkin", "/api/v2/services" },
        { "zipkin", "/api/v2/spans?serviceName=web" },
        { "zipkin", "/api/v2/remoteServices?serviceName=web" },
        { "zipkin", "/api/v2/traces" },
        { "zipkin", "/api/v2/trace/1" },
        { "zipkin", "/api/v2/traceMany?traceIds=1,2" },
        { "zipkin", "/api/v2/dependencies?endTs=1" },
        { "zipkin", "/api/v2/autocompleteKeys" },
        { "zipkin", "/api/v2/autocompleteValues?key=a" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_store_that_is_away_is_a_503_with_its_reason(string listener, string path)
    {
        await using ApiServer server = await ApiServer.StartAsync(new FakeStore { OnUse = () => throw new StoreUnavailableException("the disk is full") });

        Answer answer = await Get(server, listener, path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal(Error(listener, 503, "the disk is full"), answer.Body);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_fault_of_the_server_is_a_500_without_its_details(string listener, string path)
    {
        await using ApiServer server = await ApiServer.StartAsync(new FakeStore { OnUse = () => throw new InvalidOperationException("secret") });

        Answer answer = await Get(server, listener, path);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal(Error(listener, 500, "internal error; the server's log has the details"), answer.Body);
        Assert.Equal("text/plain; charset=utf-8", answer.ContentType);
        Assert.Equal("nosniff", answer.ContentTypeOptions);
    }

    [Theory]
    [InlineData("query", "/api/traces?service=web")]
    [InlineData("zipkin", "/api/v2/traces")]
    public async Task A_question_the_store_refuses_is_a_400_with_its_reason(string listener, string path)
    {
        await using ApiServer server = await ApiServer.StartAsync(new FakeStore { OnUse = () => throw new QueryException("too many conditions") });

        Answer answer = await Get(server, listener, path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(Error(listener, 400, "too many conditions"), answer.Body);
    }

    [Theory]
    [InlineData("query", "/api/traces?service=web")]
    [InlineData("zipkin", "/api/v2/traces")]
    public async Task A_store_that_fails_in_the_middle_of_an_answer_cuts_it_visibly(string listener, string path)
    {
        var memory = new MemoryStore();
        await memory.AppendAsync(SpanWriter.WriteAll([ApiSpans.Span(1, 1), ApiSpans.Span(2, 1)], new SpanBatchBuilder()), CancellationToken.None);
        await using ApiServer server = await ApiServer.StartAsync(new FailsOnTrace(memory, new TraceId(0, 2)));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Get(server, listener, path));
    }

    [Theory]
    [InlineData("query", "/api/traces?service=web")]
    [InlineData("zipkin", "/api/v2/traces")]
    public async Task A_client_that_hangs_up_cancels_the_search(string listener, string path)
    {
        var store = new WaitsForever(new MemoryStore());
        await using ApiServer server = await ApiServer.StartAsync(store);
        using var hangUp = new CancellationTokenSource();

        Task request = server.Client(Role(listener)).GetAsync(new Uri(path, UriKind.Relative), hangUp.Token);
        await store.Started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await hangUp.CancelAsync();

        await store.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    private static Task<Answer> Get(ApiServer server, string listener, string path) => listener == "query" ? server.Jaeger(path) : server.Zipkin(path);

    private static ListenerRole Role(string listener) => listener == "query" ? ListenerRole.Query : ListenerRole.Zipkin;

    private static string Error(string listener, int status, string message) => listener == "query"
        ? $$"""{"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":{{status}},"msg":"{{message}}"}]}""" + "\n"
        : message;

    private sealed class FailsOnTrace(ISpanStore inner, TraceId failing) : ForwardingStore(inner)
    {
        public override ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken) =>
            traceId == failing ? throw new StoreUnavailableException("gone") : base.GetTraceAsync(traceId, cancellationToken);
    }

    private sealed class WaitsForever(ISpanStore inner) : ForwardingStore(inner)
    {
        public TaskCompletionSource Started { get; } = new();

        public TaskCompletionSource Cancelled { get; } = new();

        public override async ValueTask<TraceSearchResult> SearchAsync(TraceQuery query, CancellationToken cancellationToken)
        {
            Started.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("Cannot be reached.");
            }
            catch (OperationCanceledException)
            {
                Cancelled.SetResult();
                throw;
            }
        }
    }
}
