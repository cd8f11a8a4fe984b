using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Clew.Tracing.Exporters.Delivery;

/// <summary>
/// What became of an exporter's spans, as instruments of the meter "Clew.Tracing" with the tag <c>exporter</c>; <see cref="Dropped"/> also by
/// <c>reason</c>. Thread-safe.
/// </summary>
internal sealed class DeliveryCounters(string exporter)
{
    private static readonly Meter Meter = new("Clew.Tracing");
    private static readonly Counter<long> QueuedSpans = Meter.CreateCounter<long>("clew.tracing.exporter.queued", "{span}", "Spans encoded and accepted for sending.");
    private static readonly Counter<long> SentSpans = Meter.CreateCounter<long>("clew.tracing.exporter.sent", "{span}", "Spans the server took.");
    private static readonly Counter<long> RetriedSpans = Meter.CreateCounter<long>("clew.tracing.exporter.retried", "{span}", "Spans of attempts that failed for now.");
    private static readonly Counter<long> SpooledSpans = Meter.CreateCounter<long>("clew.tracing.exporter.spooled", "{span}", "Spans written to the disk spool.");
    private static readonly Counter<long> DroppedSpans = Meter.CreateCounter<long>("clew.tracing.exporter.dropped", "{span}", "Spans lost, by reason.");

    private readonly KeyValuePair<string, object?> tag = new("exporter", exporter);
    private readonly ConcurrentDictionary<string, long> dropped = new();
    private long queued;
    private long sent;
    private long retried;
    private long spooled;

    public long Queued => Volatile.Read(ref queued);

    public long Sent => Volatile.Read(ref sent);

    public long Retried => Volatile.Read(ref retried);

    public long Spooled => Volatile.Read(ref spooled);

    public long DroppedTotal => dropped.Values.Sum();

    public long Dropped(string reason) => dropped.GetValueOrDefault(reason);

    public void AddQueued(int spans) => Add(ref queued, QueuedSpans, spans);

    public void AddSent(int spans) => Add(ref sent, SentSpans, spans);

    public void AddRetried(int spans) => Add(ref retried, RetriedSpans, spans);

    public void AddSpooled(int spans) => Add(ref spooled, SpooledSpans, spans);

    public void AddDropped(int spans, string reason)
    {
        dropped.AddOrUpdate(reason, static (_, added) => added, static (_, before, added) => before + added, (long)spans);
        DroppedSpans.Add(spans, tag, new KeyValuePair<string, object?>("reason", reason));
    }

    private void Add(ref long total, Counter<long> counter, int spans)
    {
        Interlocked.Add(ref total, spans);
        counter.Add(spans, tag);
    }
}
