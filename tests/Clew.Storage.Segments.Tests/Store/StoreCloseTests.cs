using Clew.Model;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Store;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Store;

public sealed class StoreCloseTests
{
    private const int LargeHeadSpans = 16 << 10;

    [Fact]
    public void Whoever_comes_after_the_last_view_is_refused_and_does_not_wait_for_ever()
    {
        var state = new StoreState(new LiveHead(1, 0, new ColumnMemory()), [], carriedTraces: 0);
        state.Close();
        Assert.Throws<StoreUnavailableException>(() => state.Hold());
        Assert.Throws<StoreUnavailableException>(() => state.AddHead(new LiveHead(2, 0, new ColumnMemory())));
    }

    [Fact]
    public async Task A_large_head_is_a_segment_after_a_close_so_that_the_next_start_has_little_to_replay()
    {
        var files = new FaultyFileSystem(1);
        await using (SegmentStore store = await Stores.OpenAsync(files))
            await store.AppendAsync(Spans());
        Assert.Single(files.Paths, IsSegment);
        await AssertThereAsync(files);
    }

    [Fact]
    public async Task A_head_that_cannot_be_sealed_at_the_close_is_replayed()
    {
        var files = new FaultyFileSystem(1);
        await using (SegmentStore store = await Stores.OpenAsync(files, onIncident: static _ => { }))
        {
            await store.AppendAsync(Spans());
            files.Fails = static (operation, path) => operation == FileOperation.Create && path.EndsWith(".tmp", StringComparison.Ordinal);
        }
        Assert.DoesNotContain(files.Paths, IsSegment);
        files.Fails = null;
        await AssertThereAsync(files);
    }

    private static async Task AssertThereAsync(FaultyFileSystem files)
    {
        await using SegmentStore store = await Stores.OpenAsync(files);
        Assert.Equal(LargeHeadSpans, store.GetStatistics().Spans);
        Assert.Equal(8, (await store.GetTraceAsync(new TraceId(1, 5), CancellationToken.None))!.Spans.Count);
    }

    private static IEnumerable<Span> Spans() => Enumerable.Range(0, LargeHeadSpans).Select(static i => TestSpan.Of(new TraceId(1, (ulong)(i / 8 + 1)), (ulong)i + 1));

    private static bool IsSegment(string path) => path.EndsWith(".seg", StringComparison.Ordinal);
}
