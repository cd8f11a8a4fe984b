using System.Collections.Concurrent;
using Clew.Model;

namespace Clew.Storage;

/// <summary>Keeps archived traces in the process's memory: they survive retention, not the process.</summary>
/// <param name="bytesMax">Approximate heap bytes of all traces.</param>
public sealed class MemoryTraceArchive(long bytesMax) : ITraceArchive
{
    private readonly Lock sync = new();
    private readonly ConcurrentDictionary<TraceId, Trace> traces = new();

    // Guarded by sync.
    private long bytes;

    public ValueTask AddAsync(Trace trace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (sync)
        {
            Trace? kept = traces.GetValueOrDefault(trace.Id);
            Trace next = trace.Union(kept);
            long added = SpanBytes.OfTrace(next.Spans) - (kept is null ? 0 : SpanBytes.OfTrace(kept.Spans));
            if (bytes + added > bytesMax)
                throw new ArchiveFullException($"the archive is full: it holds about {bytes} bytes of at most {bytesMax}, the trace takes {added} more");
            traces[trace.Id] = next;
            bytes += added;
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<Trace?> GetAsync(TraceId traceId, CancellationToken cancellationToken) => ValueTask.FromResult(traces.GetValueOrDefault(traceId));
}
