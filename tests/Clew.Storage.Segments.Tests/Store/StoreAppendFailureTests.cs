using System.Diagnostics;
using Clew.Model;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Store;

/// <summary>Batches that are in the log, and then something goes wrong before they are in a head.</summary>
public sealed class StoreAppendFailureTests
{
    private static readonly SegmentStoreOptions Quiet = Stores.Options with { MaintenanceInterval = TimeSpan.FromDays(1) };

    private readonly FaultyFileSystem files = new(1);
    private readonly List<StoreIncident> incidents = [];

    /// <summary>How often asking older segments for a trace of a batch fails, and of what.</summary>
    private int failures;
    private Func<Exception> failure = static () => new InsufficientMemoryException();

    public StoreAppendFailureTests() => files.Before = (operation, path) =>
    {
        if (operation == FileOperation.Read && path.EndsWith(".seg", StringComparison.Ordinal) && new StackTrace().ToString().Contains(nameof(OlderSpans), StringComparison.Ordinal)
            && Interlocked.Decrement(ref failures) >= 0)
            throw failure();
    };

    [Fact]
    public async Task A_batch_that_a_head_cannot_take_is_taken_by_another()
    {
        await using SegmentStore store = await WithSegmentAsync();
        await store.AppendAsync(SpansOf(trace: 2));
        failures = 1;
        await store.AppendAsync(MoreOf(trace: 1));
        Assert.Empty(incidents);
        await AssertHasAsync(store, SpansOf(trace: 1), SpansOf(trace: 2), MoreOf(trace: 1));
        await AssertKeepsAllOnceAsync(store, SpansOf(trace: 1), SpansOf(trace: 2), MoreOf(trace: 1));
    }

    [Fact]
    public async Task A_batch_that_no_head_can_take_is_refused_whole_and_taken_when_it_comes_again()
    {
        await using SegmentStore store = await WithSegmentAsync();
        failures = int.MaxValue;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync([.. SpansOf(trace: 3), .. MoreOf(trace: 1)]));
            // Others are none the worse.
            await store.AppendAsync(SpansOf(10 + attempt));
        }
        Assert.All(incidents, static incident => Assert.Equal(StoreIncidentKind.AppendFailure, incident.Kind));
        failures = 0;
        await AssertHasAsync(store, SpansOf(trace: 1), SpansOf(10), SpansOf(11), SpansOf(12));
        await store.AppendAsync([.. SpansOf(trace: 3), .. MoreOf(trace: 1)]);
        // The log does not wait for what was refused.
        await AssertKeepsAllOnceAsync(store, SpansOf(trace: 1), SpansOf(10), SpansOf(11), SpansOf(12), SpansOf(trace: 3), MoreOf(trace: 1));
    }

    [Fact]
    public async Task What_was_refused_may_come_from_the_log_as_well_and_is_there_once()
    {
        await using (SegmentStore store = await WithSegmentAsync())
        {
            failures = 2;
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(MoreOf(trace: 1)));
            await store.AppendAsync(MoreOf(trace: 1));
        }
        await using SegmentStore reopened = await OpenAsync();
        await AssertHasAsync(reopened, SpansOf(trace: 1), MoreOf(trace: 1));
    }

    [Fact]
    public async Task A_start_without_the_memory_for_what_is_in_the_log_fails_and_the_next_one_has_it_all()
    {
        await using (SegmentStore store = await WithSegmentAsync())
        {
            await store.AppendAsync(SpansOf(trace: 2));
            await store.AppendAsync(MoreOf(trace: 1));
            await store.AppendAsync(SpansOf(trace: 3));
        }
        failures = int.MaxValue;
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await OpenAsync());
        Assert.IsAssignableFrom<OutOfMemoryException>(exception.InnerException);
        failures = 0;
        await using SegmentStore reopened = await OpenAsync();
        await AssertHasAsync(reopened, SpansOf(trace: 1), SpansOf(trace: 2), MoreOf(trace: 1), SpansOf(trace: 3));
    }

    [Fact]
    public async Task A_record_that_never_can_be_taken_is_reported_and_does_not_keep_the_others_from_being_there()
    {
        await using (SegmentStore store = await WithSegmentAsync())
        {
            await store.AppendAsync(SpansOf(trace: 2));
            await store.AppendAsync(MoreOf(trace: 1));
            await store.AppendAsync(SpansOf(trace: 3));
        }
        failures = int.MaxValue;
        failure = static () => new InvalidOperationException("a mistake of ours");
        await using SegmentStore reopened = await OpenAsync();
        failures = 0;
        StoreIncident incident = Assert.Single(incidents);
        Assert.Equal(StoreIncidentKind.AppendFailure, incident.Kind);
        Assert.Contains("Record 3 of", incident.Message, StringComparison.Ordinal);
        await AssertHasAsync(reopened, SpansOf(trace: 1), SpansOf(trace: 2), SpansOf(trace: 3));
    }

    /// <summary>A store with trace 1 in a segment of which nothing is in memory yet.</summary>
    private async Task<SegmentStore> WithSegmentAsync()
    {
        await using (SegmentStore store = await OpenAsync())
        {
            await store.AppendAsync(SpansOf(trace: 1));
            await store.SealAsync();
        }
        return await OpenAsync();
    }

    private ValueTask<SegmentStore> OpenAsync() => Stores.OpenAsync(files, Quiet, onIncident: incidents.Add);

    private async Task AssertKeepsAllOnceAsync(SegmentStore store, params Span[][] spans)
    {
        await store.SealAsync();
        await AssertHasAsync(store, spans);
        await store.DisposeAsync();
        StoreVerificationResult verified = StoreVerification.Run(files, Stores.Directory, static _ => { }, CancellationToken.None);
        Assert.Empty(verified.Problems);
        Assert.Equal(0, verified.LogRecords);
        await using SegmentStore reopened = await OpenAsync();
        await AssertHasAsync(reopened, spans);
    }

    private static async Task AssertHasAsync(SegmentStore store, params Span[][] spans)
    {
        Span[] all = [.. spans.SelectMany(static each => each)];
        foreach (IGrouping<TraceId, Span> trace in all.GroupBy(static span => span.TraceId))
            SpanAssert.SameSpans(trace, (await store.GetTraceAsync(trace.Key, CancellationToken.None))?.Spans ?? []);
        Assert.Equal(all.Length, store.GetStatistics().Spans);
        Assert.Equal(all.DistinctBy(static span => span.TraceId).Count(), store.GetStatistics().Traces);
    }

    private static Span[] SpansOf(int trace) => [.. Enumerable.Range(1, 5).Select(span => TestSpan.Of(new TraceId(0, (ulong)trace), (ulong)span))];

    private static Span[] MoreOf(int trace) => [.. Enumerable.Range(100, 5).Select(span => TestSpan.Of(new TraceId(0, (ulong)trace), (ulong)span))];
}
