using System.Diagnostics.Metrics;
using Clew.Server.Configuration;
using Clew.Storage;
using Clew.Storage.Segments;

namespace Clew.Server.Hosting;

/// <summary>Opens the store that the configuration names.</summary>
internal static class StoreFactory
{
    // Of the process, like the store: made by no factory, so every server in the process shows it.
    private static readonly Meter Meter = new("Clew.Store");

    /// <param name="options">What was configured.</param>
    /// <param name="incidents">Is told of damage and failures.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static ValueTask<ISpanStore> OpenAsync(StoreOptions options, StoreIncidents incidents, CancellationToken cancellationToken) => new StoreRegistry()
        .Add(StoreOptions.Memory, _ => ValueTask.FromResult<ISpanStore>(
            new MemoryStore(new MemoryStoreOptions { SpansMax = options.SpansMax, BytesMax = options.BytesMax })))
        .Add(StoreOptions.Segments, async token => await SegmentStore.OpenAsync(SegmentOptions(options), Meter, TimeProvider.System, incidents.Add, token))
        .OpenAsync(options.Type, cancellationToken);

    private static SegmentStoreOptions SegmentOptions(StoreOptions options) => new()
    {
        Directory = options.ResolveDirectory(),
        Durability = options.Durability,
        RetentionAge = options.RetentionAgeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        RetentionBytes = options.RetentionBytes,
        HeadRowsMax = options.HeadSpansMax,
        HeadBytesMax = options.HeadBytesMax,
        HeadsWaitingMax = options.HeadsWaitingMax,
        SegmentRowsMax = options.SegmentSpansMax,
        CacheBytes = options.CacheBytes,
        TraceDirectoryBytesMax = options.TraceDirectoryBytesMax,
        SealingGarbageBytesMax = options.SealingGarbageBytesMax,
        SearchHelpersMax = options.SearchHelpersMax,
        SearchTimeMax = TimeSpan.FromMilliseconds(options.SearchTimeMaxMs),
    };
}
