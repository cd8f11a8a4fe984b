using Clew.Model;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Store;

public sealed class StoreNumberTests
{
    private static readonly SegmentStoreOptions Quiet = Stores.Options with { MaintenanceInterval = TimeSpan.FromDays(1), SegmentRowsMax = 1000 };
    private int spans;

    [Fact]
    public async Task A_merge_that_was_tried_again_with_later_segments_does_not_replace_what_comes_after_a_restart()
    {
        var files = new FaultyFileSystem(1);
        await using (SegmentStore store = await Stores.OpenAsync(files, Quiet, onIncident: static _ => { }))
        {
            // Of the first merge: four heads come before it and the one that is being filled. The store merges by itself too, and is to succeed only at the end.
            files.Fails = static (operation, path) => operation == FileOperation.Create && path.EndsWith("6.tmp", StringComparison.Ordinal);
            await SealAsync(store, times: 4);
            await Assert.ThrowsAnyAsync<StoreIoException>(() => store.CompactAsync(all: false));
            await SealAsync(store, times: 2);
            files.Fails = null;
            await store.CompactAsync(all: false);
        }
        Assert.Single(files.Paths, static path => path.EndsWith(".seg", StringComparison.Ordinal));
        for (int restart = 0; restart < 3; restart++)
        {
            await using SegmentStore store = await Stores.OpenAsync(files, Quiet);
            await SealAsync(store, times: 1);
        }
        await using SegmentStore last = await Stores.OpenAsync(files, Quiet);
        Assert.Equal(spans, (await last.GetTraceAsync(new TraceId(1, 1), CancellationToken.None))!.Spans.Count);
    }

    private async Task SealAsync(SegmentStore store, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await store.AppendAsync(TestSpan.Of(new TraceId(1, 1), (ulong)++spans));
            await store.SealAsync();
        }
    }
}
