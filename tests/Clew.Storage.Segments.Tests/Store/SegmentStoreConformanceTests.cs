using Clew.Storage.Conformance;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Store;

/// <summary>The store must answer alike wherever its spans are: each class brings them somewhere else after every write.</summary>
public abstract class SegmentStoreConformanceTests : SpanStoreConformance
{
    private FaultyFileSystem files = null!;

    private protected virtual SegmentStoreOptions Options => Stores.Options;

    protected override int GeneratedCases => 60;

    protected override async ValueTask<ISpanStore> CreateAsync()
    {
        files = new FaultyFileSystem(1);
        return await Stores.OpenAsync(files, Options);
    }

    protected sealed override async ValueTask<ISpanStore> SettleAsync(ISpanStore store) => await SettleAsync((SegmentStore)store);

    private protected abstract ValueTask<SegmentStore> SettleAsync(SegmentStore store);

    private protected async ValueTask<SegmentStore> ReopenAsync(SegmentStore store)
    {
        // Properties run one store after the other, each on files of its own, and the last made is the one at hand.
        await store.DisposeAsync();
        return await Stores.OpenAsync(files, Options);
    }
}

public sealed class SegmentStoreInHeadTests : SegmentStoreConformanceTests
{
    private protected override ValueTask<SegmentStore> SettleAsync(SegmentStore store) => ValueTask.FromResult(store);
}

public sealed class SegmentStoreInSegmentsTests : SegmentStoreConformanceTests
{
    private protected override async ValueTask<SegmentStore> SettleAsync(SegmentStore store)
    {
        await store.SealAsync();
        return store;
    }
}

public sealed class SegmentStoreInCompactedSegmentsTests : SegmentStoreConformanceTests
{
    private protected override async ValueTask<SegmentStore> SettleAsync(SegmentStore store)
    {
        await store.SealAsync();
        await store.CompactAsync(all: true);
        return store;
    }
}

public sealed class SegmentStoreReplayedTests : SegmentStoreConformanceTests
{
    private protected override ValueTask<SegmentStore> SettleAsync(SegmentStore store) => ReopenAsync(store);
}

public sealed class SegmentStoreReopenedTests : SegmentStoreConformanceTests
{
    private protected override async ValueTask<SegmentStore> SettleAsync(SegmentStore store)
    {
        await store.SealAsync();
        return await ReopenAsync(store);
    }
}

/// <summary>Each write goes another way, so that traces lie across the head, heads being sealed, segments, compacted segments and what was replayed.</summary>
public sealed class SegmentStoreMixedTests : SegmentStoreConformanceTests
{
    private int writes;

    private protected override SegmentStoreOptions Options => Stores.Options with { HeadRowsMax = 5, SegmentRowsMax = 12 };

    private protected override async ValueTask<SegmentStore> SettleAsync(SegmentStore store)
    {
        switch (++writes % 7)
        {
            case 1 or 4:
                await store.SealAsync();
                break;
            case 3:
                await store.SealAsync();
                await store.CompactAsync(all: false);
                break;
            case 5:
                return await ReopenAsync(store);
            case 6:
                await store.CompactAsync(all: true);
                break;
        }
        return store;
    }
}
