using Clew.Model;

namespace Clew.Storage.Conformance;

/// <summary>
/// A store under test and the one builder all its batches come from: the next write overwrites the last batch, so a store that
/// kept a slice of it instead of a copy is found out.
/// </summary>
public sealed class StoreSession(ISpanStore store, Func<ISpanStore, ValueTask<ISpanStore>> settle) : IAsyncDisposable
{
    private readonly SpanBatchBuilder builder = new();

    public ISpanStore Store { get; private set; } = store;

    /// <summary>Writes one batch and lets the store settle.</summary>
    public async Task WriteAsync(IEnumerable<Span> spans)
    {
        await Store.AppendAsync(SpanWriter.WriteAll(spans, builder), CancellationToken.None);
        Store = await settle(Store);
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
