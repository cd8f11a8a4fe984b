using System.Diagnostics.Metrics;
using Clew.Server.Pipeline.Intake;

namespace Clew.Server.Pipeline;

/// <summary>
/// The instruments of meter <c>Clew.Ingest</c>; feeds <see cref="IngestCounters"/> and <see cref="IntakeRegistry"/> with the same numbers. Labels take few fixed values:
/// <see cref="ReceiverName"/> and <see cref="Refusals.Label"/>.
/// </summary>
internal sealed class IngestMetrics
{
    public const string MeterName = "Clew.Ingest";

    private readonly IngestCounters counters;
    private readonly IntakeRegistry intake;
    private readonly Counter<long> requests;
    private readonly Counter<long> requestsRefused;
    private readonly Counter<long> spansReceived;
    private readonly Counter<long> spansStored;
    private readonly Counter<long> spansRefused;
    private readonly Counter<long> spansCut;
    private readonly Counter<long> bytesReceived;
    private readonly Counter<long> datagrams;
    private readonly Counter<long> datagramsDropped;
    private readonly Histogram<double> duration;

    public IngestMetrics(IMeterFactory meters, IngestCounters counters, IntakeRegistry intake, IngestGates gates)
    {
        this.counters = counters;
        this.intake = intake;
        Meter meter = meters.Create(MeterName);
        requests = meter.CreateCounter<long>("clew.ingest.requests", "{request}", "Requests and datagrams that reached the pipeline.");
        requestsRefused = meter.CreateCounter<long>("clew.ingest.requests.refused", "{request}", "Requests answered with an error.");
        spansReceived = meter.CreateCounter<long>("clew.ingest.spans.received", "{span}", "Spans decoded.");
        spansStored = meter.CreateCounter<long>("clew.ingest.spans.stored", "{span}", "Spans the store has taken.");
        spansRefused = meter.CreateCounter<long>("clew.ingest.spans.refused", "{span}", "Decoded spans that were not stored.");
        spansCut = meter.CreateCounter<long>("clew.ingest.spans.cut", "{span}", "Spans stored with something left out or changed.");
        bytesReceived = meter.CreateCounter<long>("clew.ingest.bytes.received", "By", "Bytes of bodies and datagrams as received.");
        datagrams = meter.CreateCounter<long>("clew.ingest.udp.datagrams", "{datagram}", "Datagrams read from the socket.");
        datagramsDropped = meter.CreateCounter<long>("clew.ingest.udp.dropped", "{datagram}", "Datagrams lost, by reason.");
        // From a batch in memory (100 µs) to an overloaded disk (10 s).
        duration = meter.CreateHistogram("clew.ingest.duration", "s", "Time from the first byte of a body to its spans being stored.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        });
        meter.CreateObservableGauge("clew.ingest.inflight.bytes", () => gates.Memory.PermitsInUse * 1024, "By", "Buffer memory granted to requests.");
        meter.CreateObservableGauge("clew.ingest.queue.bytes", () => gates.Memory.PermitsWaitedFor * 1024, "By", "Buffer memory requests wait for.");
    }

    public void Request(string receiver)
    {
        requests.Add(1, Receiver(receiver));
        intake[receiver].AddRequest();
    }

    public void RequestRefused(string receiver, RefusalReason reason)
    {
        requestsRefused.Add(1, Receiver(receiver), Reason(reason));
        counters.AddRefusedRequest();
        intake[receiver].AddRefusedRequests(reason.Label(), 1);
    }

    public void Bytes(string receiver, long bytes)
    {
        bytesReceived.Add(bytes, Receiver(receiver));
        counters.AddBytes(bytes);
        intake[receiver].AddBytes(bytes);
    }

    /// <summary>A payload that is decoded next.</summary>
    public void Payload(string receiver, int bytes) => intake[receiver].AddPayload(bytes);

    public void SpansReceived(string receiver, int spans)
    {
        spansReceived.Add(spans, Receiver(receiver));
        intake[receiver].AddReceived(spans);
    }

    public void SpansStored(string receiver, int spans)
    {
        spansStored.Add(spans, Receiver(receiver));
        counters.AddStored(spans);
        intake[receiver].AddStored(spans);
    }

    public void SpansRefused(string receiver, RefusalReason reason, int spans)
    {
        if (spans == 0)
            return;
        spansRefused.Add(spans, Receiver(receiver), Reason(reason));
        counters.AddRefused(spans);
        intake[receiver].AddRefusedSpans(reason.Label(), spans);
    }

    public void SpansCut(CutReason reason, int spans)
    {
        if (spans > 0)
            spansCut.Add(spans, new KeyValuePair<string, object?>("reason", Label(reason)));
    }

    public void Datagram(string receiver) => datagrams.Add(1, Receiver(receiver));

    public void DatagramDropped(string receiver, string reason, long count = 1)
    {
        datagramsDropped.Add(count, Receiver(receiver), new KeyValuePair<string, object?>("reason", reason));
        counters.AddDroppedDatagrams(count);
        intake[receiver].AddRefusedRequests(reason, count);
    }

    public void Duration(string receiver, TimeSpan elapsed) => duration.Record(elapsed.TotalSeconds, Receiver(receiver));

    private static KeyValuePair<string, object?> Receiver(string receiver) => new("receiver", receiver);

    private static KeyValuePair<string, object?> Reason(RefusalReason reason) => new("reason", reason.Label());

    private static string Label(CutReason reason) => reason switch
    {
        CutReason.Attributes => "attributes",
        CutReason.Events => "events",
        CutReason.Links => "links",
        CutReason.Text => "text",
        _ => "negative-duration",
    };
}
