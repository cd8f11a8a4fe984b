using Clew.Model;
using Clew.Storage;

namespace Clew.Server.Archive;

/// <summary>Finds a trace by its id: in the store, else among the archived ones.</summary>
internal sealed class TraceLookup(ISpanStore store, ITraceArchive archive)
{
    public async ValueTask<Trace?> GetAsync(TraceId id, CancellationToken cancellationToken) =>
        await store.GetTraceAsync(id, cancellationToken).ConfigureAwait(false) ?? await archive.GetAsync(id, cancellationToken).ConfigureAwait(false);

    /// <summary>Archives a trace as it is stored, without adjustments.</summary>
    /// <returns>False when there is no such trace.</returns>
    /// <exception cref="ArchiveFullException">There is no room.</exception>
    public async ValueTask<bool> ArchiveAsync(TraceId id, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, cancellationToken).ConfigureAwait(false) is not { } trace)
            return false;
        await archive.AddAsync(trace, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
