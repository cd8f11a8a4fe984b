using Clew.Model;

namespace Clew.Storage;

/// <summary>
/// Keeps single traces that somebody chose to keep, for as long as they are not removed by hand: retention does not touch them. Safe to call from any thread at once.
/// </summary>
public interface ITraceArchive
{
    /// <summary>
    /// Keeps a trace. One that is kept already gets the spans it did not have: what was archived once stays whole, even when the store has
    /// lost a part of it since. When the task completes the trace is as durable as the archive promises.
    /// </summary>
    /// <exception cref="ArchiveFullException">There is no room; nothing was kept and nothing was lost.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be written at the moment.</exception>
    ValueTask AddAsync(Trace trace, CancellationToken cancellationToken);

    /// <summary>The trace as it was kept, or null.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read at the moment.</exception>
    ValueTask<Trace?> GetAsync(TraceId traceId, CancellationToken cancellationToken);
}
