using Clew.Model;
using Clew.Query;

namespace Clew.Storage;

/// <summary>
/// What is known of one trace at one moment. Immutable for readers: a newer version shares the array of spans and writes only behind
/// the part older versions show, so that a trace of many small batches is not copied for each. Only the newest version may be
/// extended, and only under the store's lock.
/// </summary>
internal sealed class StoredTrace
{
    private readonly ArraySegment<Span> spans;
    private TraceSummary? summary;
    private Trace? trace;

    private StoredTrace(TraceId id, ArraySegment<Span> spans, long startNs, long latestStartNs, long bytes, long arrival)
    {
        Id = id;
        this.spans = spans;
        StartNs = startNs;
        LatestStartNs = latestStartNs;
        Bytes = bytes;
        Arrival = arrival;
    }

    public TraceId Id { get; }

    public ReadOnlySpan<Span> Spans => spans;

    /// <summary>Start of the earliest span that has a time; 0 when none has.</summary>
    public long StartNs { get; }

    /// <summary>Start of the last span that has a time; 0 when none has.</summary>
    public long LatestStartNs { get; }

    public long Bytes { get; }

    /// <summary>Number of the batch that brought the latest spans: the order of eviction.</summary>
    public long Arrival { get; }

    // Both are computed by the first reader; two at once compute equal ones.
    public Trace Trace => trace ??= new Trace(Id, spans);

    public TraceSummary Summary => summary ??= TraceSummarizer.Summarize(Trace);

    /// <summary>Stands where such a trace would stand in the sets of a <see cref="MemorySnapshot"/>; has no spans.</summary>
    public static StoredTrace Probe(TraceId id, long startNs = 0) => new(id, default, startNs, 0, 0, 0);

    public static StoredTrace Create(TraceId id, List<Span> spans, long bytes, long arrival) =>
        new StoredTrace(id, new ArraySegment<Span>([]), 0, 0, 0, 0).With(spans, bytes, arrival);

    /// <summary>The next version, with more spans.</summary>
    public StoredTrace With(List<Span> added, long addedBytes, long arrival)
    {
        int count = spans.Count + added.Count;
        Span[] array = spans.Array!;
        if (array.Length < count)
        {
            // Exact for the usual trace, which comes in one batch; doubling for one that grows.
            array = new Span[spans.Count == 0 ? count : Math.Max(count, array.Length * 2)];
            Spans.CopyTo(array);
        }
        added.CopyTo(array, spans.Count);
        long startNs = StartNs;
        long latestStartNs = LatestStartNs;
        foreach (Span span in added)
        {
            startNs = TraceTime.Earlier(startNs, span.StartNs);
            if (span.StartNs != 0)
                latestStartNs = latestStartNs == 0 ? span.StartNs : Math.Max(latestStartNs, span.StartNs);
        }
        return new StoredTrace(Id, new ArraySegment<Span>(array, 0, count), startNs, latestStartNs, Bytes + addedBytes, arrival);
    }

    /// <summary>The same spans, moved to the end of the order of eviction.</summary>
    public StoredTrace ArrivedAgain(long arrival) => new(Id, spans, StartNs, LatestStartNs, Bytes, arrival);

    /// <summary>False when no span can start in the range; true asks for a look at the spans.</summary>
    public bool MayStartIn(TimeRange range) =>
        range == TimeRange.All || (StartNs != 0 && range.Overlaps(new TimeRange(StartNs, LatestStartNs)));
}
