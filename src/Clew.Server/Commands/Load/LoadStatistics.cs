using System.Collections.Concurrent;
using Clew.Server.Commands.Sending;

namespace Clew.Server.Commands.Load;

/// <summary>What has been sent and what was said to it. Safe from any thread.</summary>
internal sealed class LoadStatistics
{
    private readonly ConcurrentDictionary<string, long> refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> errors = new(StringComparer.Ordinal);
    private long acceptedRequests;
    private long acceptedSpans;
    private long acceptedBytes;
    private long lostSpans;

    public LatencyHistogram Latencies { get; } = new();

    public long AcceptedRequests => Interlocked.Read(ref acceptedRequests);

    public long AcceptedSpans => Interlocked.Read(ref acceptedSpans);

    /// <summary>Of accepted bodies, as sent.</summary>
    public long AcceptedBytes => Interlocked.Read(ref acceptedBytes);

    /// <summary>Sent, and at the end neither accepted nor tried again.</summary>
    public long LostSpans => Interlocked.Read(ref lostSpans);

    /// <summary>Attempts by what the receiver said to them.</summary>
    public IEnumerable<KeyValuePair<string, long>> Refusals => refusals.OrderBy(static entry => entry.Key, StringComparer.Ordinal);

    /// <summary>Attempts without an answer, by what happened.</summary>
    public IEnumerable<KeyValuePair<string, long>> Errors => errors.OrderBy(static entry => entry.Key, StringComparer.Ordinal);

    /// <summary>One attempt.</summary>
    public void Attempt(SendAnswer answer, TimeSpan duration)
    {
        Latencies.Record(duration);
        if (!answer.IsAccepted)
            (answer.Outcome == SendOutcome.Failed ? errors : refusals).AddOrUpdate(answer.Reason, 1, static (_, count) => count + 1);
        else if (answer.RejectedSpans > 0)
            refusals.AddOrUpdate("partial success", 1, static (_, count) => count + 1);
    }

    /// <summary>What became of a request in the end; null for one that was cut off.</summary>
    public void Finish(LoadRequest request, SendAnswer? answer)
    {
        if (answer is not { IsAccepted: true } accepted)
        {
            Interlocked.Add(ref lostSpans, request.SpanCount);
            return;
        }
        long rejected = Math.Min(accepted.RejectedSpans, request.SpanCount);
        Interlocked.Increment(ref acceptedRequests);
        Interlocked.Add(ref acceptedSpans, request.SpanCount - rejected);
        Interlocked.Add(ref acceptedBytes, request.Body.Length);
        Interlocked.Add(ref lostSpans, rejected);
    }
}
