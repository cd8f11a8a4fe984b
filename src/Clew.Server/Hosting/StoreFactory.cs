using Clew.Server.Configuration;
using Clew.Storage;

namespace Clew.Server.Hosting;

/// <summary>Opens the store that the configuration names.</summary>
internal static class StoreFactory
{
    public static ValueTask<ISpanStore> OpenAsync(StoreOptions options, CancellationToken cancellationToken) => new StoreRegistry()
        .Add(StoreOptions.Memory, _ => ValueTask.FromResult<ISpanStore>(
            new MemoryStore(new MemoryStoreOptions { SpansMax = options.SpansMax, BytesMax = options.BytesMax })))
        .OpenAsync(options.Type, cancellationToken);
}
