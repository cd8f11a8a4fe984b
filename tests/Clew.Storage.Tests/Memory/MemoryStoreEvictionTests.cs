using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Storage.Tests.Memory;

public sealed class MemoryStoreEvictionTests
{
    private static readonly CancellationToken none = CancellationToken.None;
    private readonly SpanBatchBuilder builder = new();

    [Fact]
    public async Task The_oldest_traces_go_whole_when_spans_run_out()
    {
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = 5 });
        await WriteAsync(store, Spans(1, 2));
        await WriteAsync(store, Spans(2, 2));
        await WriteAsync(store, Spans(3, 2));
        Assert.Null(await store.GetTraceAsync(Id(1), none));
        Assert.Equal([Id(2), Id(3)], await FoundAsync(store));
        Assert.Equal((4, 2, 2), (store.GetStatistics().Spans, store.GetStatistics().Traces, store.GetStatistics().EvictedSpans));
    }

    [Fact]
    public async Task A_trace_still_written_to_outlives_one_that_began_later()
    {
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = 5 });
        await WriteAsync(store, Spans(1, 2));
        await WriteAsync(store, Spans(2, 2));
        await WriteAsync(store, Spans(1, 1, firstSpan: 10));
        await WriteAsync(store, Spans(3, 2));
        Assert.Equal([Id(1), Id(3)], await FoundAsync(store));
        Assert.Equal(3, (await store.GetTraceAsync(Id(1), none))!.Spans.Count);
    }

    [Fact]
    public async Task A_repeated_batch_also_keeps_its_traces_young()
    {
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = 6 });
        await WriteAsync(store, Spans(1, 2));
        await WriteAsync(store, Spans(2, 2));
        await WriteAsync(store, Spans(1, 2));
        await WriteAsync(store, Spans(3, 3));
        Assert.Equal([Id(1), Id(3)], await FoundAsync(store));
    }

    [Fact]
    public async Task A_trace_that_alone_outgrows_the_store_keeps_its_newest_batch()
    {
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = 5 });
        await WriteAsync(store, Spans(1, 4));
        await WriteAsync(store, Spans(1, 3, firstSpan: 10));
        Assert.Equal([10UL, 11, 12], (await store.GetTraceAsync(Id(1), none))!.Spans.Select(span => span.SpanId.Value));
        Assert.Equal(4, store.GetStatistics().EvictedSpans);
    }

    [Fact]
    public async Task A_batch_that_can_never_fit_is_refused_whole_and_evicts_nothing()
    {
        await using var few = new MemoryStore(new MemoryStoreOptions { SpansMax = 5 });
        await WriteAsync(few, Spans(1, 2));
        var tooMany = await Assert.ThrowsAsync<StoreUnavailableException>(() => WriteAsync(few, Spans(2, 6)));
        Assert.Contains("SpansMax = 5", tooMany.Message, StringComparison.Ordinal);
        Assert.Equal([Id(1)], await FoundAsync(few));

        await using var small = new MemoryStore(new MemoryStoreOptions { BytesMax = 10_000 });
        await WriteAsync(small, Spans(1, 2));
        Span huge = TestSpan.Of(Id(2), 1) with { Name = new string('x', 10_000) };
        var tooLarge = await Assert.ThrowsAsync<StoreUnavailableException>(() => WriteAsync(small, [huge]));
        Assert.Contains("BytesMax = 10000", tooLarge.Message, StringComparison.Ordinal);
        Assert.Equal([Id(1)], await FoundAsync(small));
    }

    [Fact]
    public async Task Names_of_evicted_spans_are_gone_and_shared_ones_stay()
    {
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = 4 });
        Span both = TestSpan.Of(Id(1), 1, "both") with { RemoteEndpoint = new Endpoint("db", null, null, 0) };
        await WriteAsync(store, [both, TestSpan.Of(Id(1), 2, "first only")]);
        await WriteAsync(store, [both with { TraceId = Id(2) }, TestSpan.Of(Id(2), 2, "second only")]);
        await WriteAsync(store, [TestSpan.Of(Id(3), 1, "third only")]);
        Assert.Equal(["both", "second only", "third only"], await store.GetServicesAsync(TimeRange.All, none));
        Assert.Equal(["db"], await store.GetRemoteServicesAsync("both", TimeRange.All, none));
        Assert.Empty(await store.GetOperationsAsync("first only", TimeRange.All, none));
        await WriteAsync(store, Spans(4, 4));
        Assert.Empty(await store.GetRemoteServicesAsync("both", TimeRange.All, none));
    }

    [Fact]
    public async Task A_snapshot_a_reader_holds_does_not_change_when_its_trace_grows_or_goes()
    {
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = 10 });
        await WriteAsync(store, Spans(1, 2));
        await WriteAsync(store, Spans(1, 1, firstSpan: 10));
        Trace held = (await store.GetTraceAsync(Id(1), none))!;
        Span[] before = [.. held.Spans];
        await WriteAsync(store, Spans(1, 5, firstSpan: 20));
        await WriteAsync(store, Spans(2, 10));
        Assert.Null(await store.GetTraceAsync(Id(1), none));
        Assert.Equal(before, held.Spans);
    }

    [Fact]
    public void Bounds_hold_and_the_newest_is_kept_whatever_is_written() =>
        Properties.ForAll(
            (from trace in Gen.Choose(1, 8) from spans in Gen.Choose(1, 6) select (trace, spans)).ListUpTo(40),
            writes => Task.Run(() => AssertBoundsAsync(writes)).GetAwaiter().GetResult());

    private async Task AssertBoundsAsync(List<(int Trace, int Spans)> writes)
    {
        const int spansMax = 12;
        const long bytesMax = 6_000;
        await using var store = new MemoryStore(new MemoryStoreOptions { SpansMax = spansMax, BytesMax = bytesMax });
        int written = 0;
        foreach ((int trace, int count) in writes)
        {
            await WriteAsync(store, Spans(trace, count, firstSpan: (ulong)written + 1));
            written += count;
            StoreStatistics statistics = store.GetStatistics();
            Assert.InRange(statistics.Spans, count, spansMax);
            Assert.InRange(statistics.Bytes, 1, bytesMax);
            Assert.Equal(written, statistics.Spans + statistics.EvictedSpans);
            Assert.Contains((await store.GetTraceAsync(Id(trace), none))!.Spans, span => span.SpanId.Value == (ulong)written);
        }
    }

    private async Task WriteAsync(MemoryStore store, IEnumerable<Span> spans) => await store.AppendAsync(SpanWriter.WriteAll(spans, builder), none);

    private static async Task<IEnumerable<TraceId>> FoundAsync(MemoryStore store) =>
        (await store.SearchAsync(new TraceQuery(), none)).Traces.Select(trace => trace.TraceId);

    private static TraceId Id(int number) => new(1, (ulong)number);

    private static IEnumerable<Span> Spans(int trace, int count, ulong firstSpan = 1) =>
        Enumerable.Range(0, count).Select(i => TestSpan.Of(Id(trace), firstSpan + (ulong)i));
}
