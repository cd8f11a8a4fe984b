using System.Diagnostics.Metrics;
using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Store;

/// <summary>Stores in a directory of a file system that exists only in memory, unless told otherwise.</summary>
internal static class Stores
{
    public const string Directory = "/data";

    private static readonly Meter Meter = new("Clew.Store.Tests");

    public static SegmentStoreOptions Options { get; } = new() { Directory = Directory, OverwritesReleasedHeads = true };

    public static ValueTask<SegmentStore> OpenAsync(
        IFileSystem? files = null, SegmentStoreOptions? options = null, TimeProvider? time = null, Action<StoreIncident>? onIncident = null) =>
        SegmentStore.OpenAsync(
            files ?? new FaultyFileSystem(1), options ?? Options, Meter, time ?? TimeProvider.System, onIncident ?? Unexpected, CancellationToken.None);

    public static async Task AppendAsync(this SegmentStore store, params IEnumerable<Span> spans) =>
        await store.AppendAsync(SpanWriter.WriteAll(spans, new SpanBatchBuilder()), CancellationToken.None);

    private static void Unexpected(StoreIncident incident) => Assert.Fail(incident.Message);
}
