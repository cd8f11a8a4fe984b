using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance;

namespace Clew.Storage.Tests.Memory;

public sealed class MemoryStoreConcurrencyTests
{
    private static readonly CancellationToken none = CancellationToken.None;

    [Fact]
    public async Task Writers_and_readers_at_once_see_whole_batches_and_their_own_writes()
    {
        const int spansInBatch = 4;
        const int tracesInUse = 50;
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = 400 });
        const int answersWanted = 100;
        using var over = new CancellationTokenSource();

        async Task WriteAsync(int writer)
        {
            var builder = new SpanBatchBuilder();
            for (ulong batch = 1; !over.IsCancellationRequested; batch++)
            {
                var id = new TraceId((ulong)writer, (batch % tracesInUse) + 1);
                var spans = Enumerable.Range(0, spansInBatch).Select(i => TestSpan.Of(id, (batch * spansInBatch) + (ulong)i, $"service {writer}"));
                await store.AppendAsync(SpanWriter.WriteAll(spans, builder), none);
            }
        }

        async Task ReadAsync()
        {
            for (int answers = 0; answers < answersWanted || store.GetStatistics().EvictedSpans == 0; answers++)
            {
                TraceSearchResult found = await store.SearchAsync(new TraceQuery { Limit = 1000 }, none);
                Assert.All(found.Traces, trace => Assert.Equal(0, trace.SpanCount % spansInBatch));
                Assert.InRange(found.Traces.Sum(trace => trace.SpanCount), 0, 400);
                Assert.All(await store.GetServicesAsync(TimeRange.All, none), name => Assert.Matches("^service [12]$", name));
                StoreStatistics statistics = store.GetStatistics();
                Assert.InRange(statistics.Spans, 0, 400);
            }
        }

        // Threads of their own: calls of a memory store end at once, so on a small pool one loop would starve the others.
        static Task OnThreadOfItsOwn(Func<Task> loop) => Task.Factory.StartNew(loop, none, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        Task[] writers = [OnThreadOfItsOwn(() => WriteAsync(1)), OnThreadOfItsOwn(() => WriteAsync(2))];
        try
        {
            await Task.WhenAll(OnThreadOfItsOwn(ReadAsync), OnThreadOfItsOwn(ReadAsync)).WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(writers);
        }
    }

    [Fact]
    public async Task A_search_under_way_stops_when_it_is_cancelled()
    {
        await using var store = new MemoryStore();
        await store.AppendAsync(SpanWriter.WriteAll(Enumerable.Range(1, 50_000).Select(i => TestSpan.Of(new TraceId(1, (ulong)i), 1)), new SpanBatchBuilder()), none);
        using var source = new CancellationTokenSource();
        // Nothing matches, so only the token can end the walk over all pages; it is cancelled while walks go on.
        var search = new TraceQuery { Where = new TraceCondition.AnySpan(Conditions.Service("absent")) };
        Task walking = Task.Run(async () =>
        {
            while (true)
                await store.SearchAsync(search, source.Token);
        });
        await store.SearchAsync(search, none);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => walking);
    }

    [Fact]
    public async Task A_closed_store_takes_and_answers_nothing()
    {
        var store = new MemoryStore();
        SpanBatch batch = SpanWriter.WriteAll([TestSpan.Of(new TraceId(1, 1), 1)], new SpanBatchBuilder());
        await store.AppendAsync(batch, none);
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.AppendAsync(batch, none));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.SearchAsync(new TraceQuery(), none));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.GetServicesAsync(TimeRange.All, none));
        Assert.Equal(0, store.GetStatistics().Spans);
    }
}
