using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Store;

public sealed class StoreDamageTests
{
    private static readonly SegmentStoreOptions Quiet = Stores.Options with { MaintenanceInterval = TimeSpan.FromDays(1) };

    [Fact]
    public async Task A_flipped_bit_anywhere_in_a_segment_is_never_served_and_hides_nothing_of_the_others()
    {
        var random = new Random(7);
        for (int round = 0; round < 150; round++)
        {
            var files = new FaultyFileSystem(round);
            await using (SegmentStore store = await Stores.OpenAsync(files, Quiet))
            {
                await store.AppendAsync(SpansOf(trace: 1));
                await store.SealAsync();
                await store.AppendAsync(SpansOf(trace: 2));
                await store.SealAsync();
            }
            string damaged = files.Paths.First(path => path.EndsWith(".seg", StringComparison.Ordinal));
            files.FlipBit(damaged, random.NextInt64(files.Content(damaged).LongLength * 8));

            await using SegmentStore reopened = await Stores.OpenAsync(files, Quiet, onIncident: static _ => { });
            Trace? first = await reopened.GetTraceAsync(new TraceId(0, 1), CancellationToken.None);
            Trace? second = await reopened.GetTraceAsync(new TraceId(0, 2), CancellationToken.None);
            if (first is not null)
                SpanAssert.SameSpans(SpansOf(trace: 1), first.Spans);
            Assert.NotNull(second);
            SpanAssert.SameSpans(SpansOf(trace: 2), second.Spans);
            TraceSearchResult all = await reopened.SearchAsync(new TraceQuery(), CancellationToken.None);
            Assert.Contains(all.Traces, trace => trace.TraceId == new TraceId(0, 2));
            Assert.Contains(damaged, files.Paths);
        }
    }

    [Fact]
    public async Task A_damaged_segment_is_reported_with_its_path_and_made_up_for_from_the_log()
    {
        var files = new FaultyFileSystem(1);
        await using (SegmentStore store = await Stores.OpenAsync(files, Quiet))
        {
            await store.AppendAsync(SpansOf(trace: 1));
            await store.SealAsync();
        }
        string damaged = files.Paths.Single(path => path.EndsWith(".seg", StringComparison.Ordinal));
        byte[] content = files.Content(damaged);
        files.Put(damaged, content[..(content.Length / 2)]);
        var incidents = new List<StoreIncident>();
        await using SegmentStore reopened = await Stores.OpenAsync(files, Quiet, onIncident: incidents.Add);
        Assert.Contains(incidents, incident => incident.Kind == StoreIncidentKind.SegmentDamage && incident.Message.Contains(damaged, StringComparison.Ordinal));
        // The log still has the spans, so they are there all the same.
        SpanAssert.SameSpans(SpansOf(trace: 1), (await reopened.GetTraceAsync(new TraceId(0, 1), CancellationToken.None))?.Spans ?? []);
    }

    [Theory]
    [InlineData(1L << 20)]
    [InlineData(0)]
    public async Task What_is_there_at_the_start_is_looked_through_for_traces_behind_it_and_damage_there_is_reported(long directoryBytesMax)
    {
        var files = new FaultyFileSystem(1);
        await using (SegmentStore store = await Stores.OpenAsync(files, Quiet))
        {
            for (int trace = 1; trace <= 3; trace++)
            {
                await store.AppendAsync(SpansOf(trace));
                await store.SealAsync();
            }
        }
        string damaged = files.Paths.First(path => path.EndsWith(".seg", StringComparison.Ordinal));
        using (SegmentFile segment = SegmentFile.Open(files, damaged))
            files.FlipBit(damaged, (segment.Entries.Single(entry => entry.Section == SegmentSection.Traces).Offset + 40) * 8);

        var reported = new TaskCompletionSource<StoreIncident>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using SegmentStore reopened = await Stores.OpenAsync(files, Quiet with { TraceDirectoryBytesMax = directoryBytesMax }, onIncident: incident => reported.TrySetResult(incident));
        StoreIncident incident = await reported.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(damaged, incident.Path);
        Assert.Contains(nameof(SegmentSection.Traces), incident.Message, StringComparison.Ordinal);
        // Spans of the others are known, and not stored again.
        await reopened.AppendAsync(SpansOf(trace: 2));
        Assert.Equal(10, reopened.GetStatistics().Spans);
        for (int trace = 2; trace <= 3; trace++)
            SpanAssert.SameSpans(SpansOf(trace), (await reopened.GetTraceAsync(new TraceId(0, (ulong)trace), CancellationToken.None))?.Spans ?? []);
    }

    [Fact]
    public async Task An_append_to_a_trace_whose_older_spans_cannot_be_read_is_taken()
    {
        var files = new FaultyFileSystem(1);
        await using (SegmentStore store = await Stores.OpenAsync(files, Quiet))
        {
            await store.AppendAsync(SpansOf(trace: 1));
            await store.SealAsync();
        }
        string damaged = files.Paths.Single(path => path.EndsWith(".seg", StringComparison.Ordinal));
        using (SegmentFile segment = SegmentFile.Open(files, damaged))
            files.FlipBit(damaged, (segment.Entries.Single(entry => entry.Section == SegmentSection.SpanIds).Offset + 40) * 8);
        await using SegmentStore reopened = await Stores.OpenAsync(files, Quiet, onIncident: static _ => { });
        Span more = TestSpan.Of(new TraceId(0, 1), 77);
        await reopened.AppendAsync(more);
        await reopened.AppendAsync(more with { SpanId = new SpanId(78) });
        Trace? trace = await reopened.GetTraceAsync(new TraceId(0, 1), CancellationToken.None);
        SpanAssert.SameSpans([more, more with { SpanId = new SpanId(78) }], trace?.Spans ?? []);
    }

    [Fact]
    public async Task Verification_finds_a_flipped_bit_anywhere_and_nothing_in_a_sound_directory()
    {
        var random = new Random(8);
        for (int round = 0; round < 100; round++)
        {
            var files = new FaultyFileSystem(round);
            await using (SegmentStore store = await Stores.OpenAsync(files, Quiet))
            {
                await store.AppendAsync(SpansOf(trace: 1));
                await store.SealAsync();
                await store.AppendAsync(SpansOf(trace: 2));
            }
            StoreVerificationResult sound = StoreVerification.Run(files, Stores.Directory, static _ => { }, CancellationToken.None);
            Assert.Empty(sound.Problems);
            Assert.Equal(1, sound.LogRecords);
            string segment = files.Paths.Single(path => path.EndsWith(".seg", StringComparison.Ordinal));
            files.FlipBit(segment, random.NextInt64(files.Content(segment).LongLength * 8));
            Assert.NotEmpty(StoreVerification.Run(files, Stores.Directory, static _ => { }, CancellationToken.None).Problems);
        }
    }

    [Fact]
    public async Task A_second_store_on_the_directory_is_refused()
    {
        var files = new FaultyFileSystem(1);
        await using SegmentStore store = await Stores.OpenAsync(files);
        await Assert.ThrowsAsync<DirectoryLockedException>(async () => await Stores.OpenAsync(files));
        Assert.Throws<DirectoryLockedException>(() => StoreVerification.Run(files, Stores.Directory, static _ => { }, CancellationToken.None));
    }

    [Fact]
    public async Task A_full_disk_refuses_appends_keeps_everything_readable_and_ends_when_there_is_space()
    {
        var files = new FaultyFileSystem(1) { CapacityBytes = 200_000 };
        await using SegmentStore store = await Stores.OpenAsync(files, Quiet with { HeadRowsMax = 50 }, onIncident: static _ => { });
        int accepted = 0;
        StoreUnavailableException? refusal = null;
        while (refusal is null && accepted < 10_000)
        {
            try
            {
                await store.AppendAsync(SpansOf(accepted + 1));
                accepted++;
            }
            catch (StoreUnavailableException exception)
            {
                refusal = exception;
            }
        }
        Assert.NotNull(refusal);
        Assert.InRange(accepted, 1, 9_999);
        for (int trace = 1; trace <= accepted; trace++)
            Assert.NotNull(await store.GetTraceAsync(new TraceId(0, (ulong)trace), CancellationToken.None));
        files.CapacityBytes = 1L << 40;
        await TestKit.Eventually.True(
            async () =>
            {
                try
                {
                    await store.AppendAsync(SpansOf(trace: 20_000));
                    return true;
                }
                catch (StoreUnavailableException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30),
            () => "The store does not go on after there is space again.");
    }

    private static Span[] SpansOf(int trace) =>
        [.. Enumerable.Range(1, 5).Select(span => TestSpan.Of(new TraceId(0, (ulong)trace), (ulong)span, $"service {span % 3}") with { Name = $"operation {span}" })];
}
