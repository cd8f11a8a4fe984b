using Clew.Model;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Store;
using Clew.Storage.Segments.Tests.Files;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests.Store;

public sealed class StoreRetentionTests
{
    private static readonly SegmentStoreOptions Options = Stores.Options with
    {
        RetentionAge = TimeSpan.FromHours(2),
        HeadAgeMax = TimeSpan.FromDays(1),
        MaintenanceInterval = TimeSpan.FromDays(10),
    };

    private readonly FaultyFileSystem files = new(1);
    private readonly ManualTimeProvider time = new();

    [Fact]
    public async Task The_number_of_traces_stays_right_when_segments_are_deleted_that_others_go_on_from()
    {
        SegmentStore store = await OpenAsync();
        await AppendAsync(store, 1, 2, 3);
        await store.SealAsync();
        time.Advance(TimeSpan.FromMinutes(90));
        await AppendAsync(store, 2, 4);
        await store.SealAsync();
        await AppendAsync(store, 3);
        Assert.Equal(4, store.GetStatistics().Traces);

        time.Advance(TimeSpan.FromMinutes(90));
        await store.ApplyRetentionAsync();
        Assert.Equal(3, store.GetStatistics().Traces);
        Assert.Equal(3, store.GetStatistics().Spans);
        await store.SealAsync();
        store = await ReopenAsync(store);
        Assert.Equal(3, store.GetStatistics().Traces);

        // Both that are left of that time at once, with a trace that goes on in what stays.
        await AppendAsync(store, 4, 5);
        await store.SealAsync();
        time.Advance(TimeSpan.FromMinutes(60));
        await store.ApplyRetentionAsync();
        Assert.Equal((2, 2), (store.GetStatistics().Traces, store.GetStatistics().Spans));
        store = await ReopenAsync(store);
        Assert.Equal((2, 2), (store.GetStatistics().Traces, store.GetStatistics().Spans));

        time.Advance(TimeSpan.FromHours(3));
        await store.ApplyRetentionAsync();
        Assert.Equal((0, 0), (store.GetStatistics().Traces, store.GetStatistics().Spans));
        store = await ReopenAsync(store);
        Assert.Equal((0, 0), (store.GetStatistics().Traces, store.GetStatistics().Spans));
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_note_of_an_earlier_build_still_keeps_deleted_spans_from_coming_back()
    {
        SegmentStore store = await OpenAsync();
        await AppendAsync(store, 1, 2);
        await store.SealAsync();
        time.Advance(TimeSpan.FromHours(1));
        await AppendAsync(store, 2);
        await store.SealAsync();
        time.Advance(TimeSpan.FromMinutes(90));
        await store.ApplyRetentionAsync();
        Assert.Equal((1, 1), (store.GetStatistics().Traces, store.GetStatistics().Spans));
        await store.DisposeAsync();
        string path = files.Paths.Single(static each => each.EndsWith(LogCheckpoint.FileName, StringComparison.Ordinal));
        files.Put(path, files.Content(path)[..20]);
        store = await OpenAsync();
        Assert.Equal(1, store.GetStatistics().Spans);
        // The trace goes on from a deleted segment, and nobody says so.
        Assert.Equal(0, store.GetStatistics().Traces);
        time.Advance(TimeSpan.FromHours(1));
        await store.ApplyRetentionAsync();
        Assert.Equal((0, 0), (store.GetStatistics().Traces, store.GetStatistics().Spans));
        await store.DisposeAsync();
    }

    private ValueTask<SegmentStore> OpenAsync() => Stores.OpenAsync(files, Options, time);

    private async Task<SegmentStore> ReopenAsync(SegmentStore store)
    {
        await store.DisposeAsync();
        return await OpenAsync();
    }

    private static int nextSpan;

    private static Task AppendAsync(SegmentStore store, params int[] traces) =>
        store.AppendAsync(traces.Select(static trace => TestSpan.Of(new TraceId((ulong)trace, (ulong)trace), (ulong)Interlocked.Increment(ref nextSpan))));
}
