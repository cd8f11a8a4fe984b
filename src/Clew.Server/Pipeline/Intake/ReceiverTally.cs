using System.Collections.Concurrent;
using Clew.Server.Api;

namespace Clew.Server.Pipeline.Intake;

/// <summary>What one receiver took and refused since the start. Safe from any thread; a reader sees each number whole, not all of one moment.</summary>
internal sealed class ReceiverTally(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Counts> refusals = new(StringComparer.Ordinal);
    private long requests;
    private long requestsRefused;
    private long bytesReceived;
    private long payloadBytes;
    private long spansReceived;
    private long spansStored;
    private long spansRefused;
    private long lastSpansNs;
    private long lastPayloadBytes;
    private long lastPayloadSpans;

    /// <summary>Requests, messages and datagrams that reached the pipeline.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>Requests, messages and datagrams of which nothing was taken.</summary>
    public long RequestsRefused => Interlocked.Read(ref requestsRefused);

    /// <summary>Bytes as received.</summary>
    public long BytesReceived => Interlocked.Read(ref bytesReceived);

    /// <summary>Bytes after decompression.</summary>
    public long PayloadBytes => Interlocked.Read(ref payloadBytes);

    public long SpansReceived => Interlocked.Read(ref spansReceived);

    public long SpansStored => Interlocked.Read(ref spansStored);

    public long SpansRefused => Interlocked.Read(ref spansRefused);

    /// <summary>Unix nanoseconds when spans were last stored; 0 for never.</summary>
    public long LastSpansNs => Interlocked.Read(ref lastSpansNs);

    /// <summary>Bytes of the last payload, inflated.</summary>
    public long LastPayloadBytes => Interlocked.Read(ref lastPayloadBytes);

    /// <summary>Spans of the last payload that was decoded.</summary>
    public long LastPayloadSpans => Interlocked.Read(ref lastPayloadSpans);

    /// <summary>By reason, the last to happen first.</summary>
    public IReadOnlyList<RefusalCount> Refusals =>
        [.. refusals.Select(static pair => pair.Value.Read(pair.Key)).OrderByDescending(static count => count.LastNs).ThenBy(static count => count.Reason, StringComparer.Ordinal)];

    public void AddRequest() => Interlocked.Increment(ref requests);

    public void AddBytes(long bytes) => Interlocked.Add(ref bytesReceived, bytes);

    public void AddPayload(long bytes)
    {
        Interlocked.Add(ref payloadBytes, bytes);
        Interlocked.Exchange(ref lastPayloadBytes, bytes);
    }

    public void AddReceived(int spans)
    {
        Interlocked.Add(ref spansReceived, spans);
        Interlocked.Exchange(ref lastPayloadSpans, spans);
    }

    public void AddStored(int spans)
    {
        Interlocked.Add(ref spansStored, spans);
        Interlocked.Exchange(ref lastSpansNs, UnixTime.Now(time));
    }

    public void AddRefusedSpans(string reason, int spans)
    {
        Interlocked.Add(ref spansRefused, spans);
        CountsOf(reason).Add(0, spans, UnixTime.Now(time));
    }

    public void AddRefusedRequests(string reason, long count)
    {
        Interlocked.Add(ref requestsRefused, count);
        CountsOf(reason).Add(count, 0, UnixTime.Now(time));
    }

    /// <summary>Keeps what was refused last for this reason, beside the counting.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="userAgent">How the client names itself.</param>
    /// <param name="payload">What is there of the body; its beginning is copied.</param>
    public void KeepRefused(in Refusal refusal, string? userAgent, ReadOnlySpan<byte> payload) => CountsOf(refusal.Reason.Label()).Last = new LastRefusal(
        UnixTime.Now(time), refusal.Message, ClientText.Of(userAgent), payload.Length,
        payload[..Math.Min(payload.Length, LastRefusal.FirstBytesMax)].ToArray());

    private Counts CountsOf(string reason) => refusals.GetOrAdd(reason, static _ => new Counts());

    private sealed class Counts
    {
        private long requests;
        private long spans;
        private long lastNs;
        private volatile LastRefusal? last;

        public LastRefusal Last
        {
            set => last = value;
        }

        public void Add(long moreRequests, long moreSpans, long nowNs)
        {
            Interlocked.Add(ref requests, moreRequests);
            Interlocked.Add(ref spans, moreSpans);
            Interlocked.Exchange(ref lastNs, nowNs);
        }

        public RefusalCount Read(string reason) => new(reason, Interlocked.Read(ref requests), Interlocked.Read(ref spans), Interlocked.Read(ref lastNs), last);
    }
}
