using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Conformance;

/// <summary>
/// What every <see cref="ISpanStore"/> must do. A store derives a test class from it, once for each state its data can be in
/// (just written, flushed, compacted, reopened), and is done when all pass.
/// </summary>
public abstract partial class SpanStoreConformance : IAsyncLifetime
{
    private StoreSession session = null!;

    /// <summary>A day at 00:00 UTC. Stores under test must not apply retention by age.</summary>
    protected const long DayNs = TestSpan.StartNs;

    protected const long HourNs = 3_600_000_000_000;

    protected const long MsNs = 1_000_000;

    protected const long UsNs = 1_000;

    private ISpanStore Store => session.Store;

    /// <summary>How many cases each property is tried with.</summary>
    protected virtual int GeneratedCases => 100;

    /// <summary>Makes an empty store with room for some 50,000 spans. The suite disposes it.</summary>
    protected abstract ValueTask<ISpanStore> CreateAsync();

    /// <summary>
    /// Called after every write, before the next write or read. Brings what was written into the state this test class is about and returns
    /// the store to go on with: the same, or another after closing it and opening its data again.
    /// </summary>
    protected virtual ValueTask<ISpanStore> SettleAsync(ISpanStore store) => ValueTask.FromResult(store);

    public async Task InitializeAsync() => session = await OpenAsync();

    public async Task DisposeAsync() => await session.DisposeAsync();

    private async Task<StoreSession> OpenAsync() => new(await CreateAsync(), SettleAsync);

    private Task WriteAsync(params IEnumerable<Span> spans) => session.WriteAsync(spans);

    private async Task<TraceSearchResult> SearchAsync(TraceQuery query) => await Store.SearchAsync(query, CancellationToken.None);

    /// <summary>Asserts which traces answer, in which order.</summary>
    private async Task AssertFindsAsync(TraceQuery query, params IEnumerable<TraceId> expected)
    {
        TraceSearchResult result = await SearchAsync(query);
        Assert.Null(result.Incomplete);
        Assert.Equal(expected, result.Traces.Select(trace => trace.TraceId));
    }

    /// <summary>Asserts that the trace reads back as exactly these spans, in any order.</summary>
    private async Task AssertTraceAsync(TraceId id, params IEnumerable<Span> expected)
    {
        Trace? trace = await Store.GetTraceAsync(id, CancellationToken.None);
        Assert.NotNull(trace);
        Assert.Equal(id, trace.Id);
        SpanAssert.SameSpans(expected, trace.Spans);
    }
}
