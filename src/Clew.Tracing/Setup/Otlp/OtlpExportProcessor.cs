using System.Diagnostics;
using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Delivery;
using Clew.Tracing.Settings;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>
/// OpenTelemetry's own encoding of OTLP with Clew's delivery behind it: retries, a bounded memory, a spool, counters. Owns the queue. As the export that nobody asked for it gives way
/// to an OTLP exporter for traces of the application's own, so that no span is sent twice; whether there is one is found out at the first span, when all processors have been
/// added, whatever the order in which they were.
/// </summary>
internal sealed class OtlpExportProcessor : BatchActivityExportProcessor
{
    private const string GrpcPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private const int Undecided = 0;
    private const int Active = 1;
    private const int Inactive = 2;

    private readonly OneAtATime encoder;
    private readonly DeliveryQueue queue;
    private readonly TimeProvider time;
    private volatile int state;

    private OtlpExportProcessor(OneAtATime exporter, DeliveryQueue queue, TimeProvider time, BatchExportActivityProcessorOptions batch, bool givesWay)
        : base(exporter, batch.MaxQueueSize, batch.ScheduledDelayMilliseconds, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize)
    {
        encoder = exporter;
        this.queue = queue;
        this.time = time;
        state = givesWay ? Undecided : Active;
    }

    /// <summary>False where the application's own exporter was found.</summary>
    public bool IsActive => (state == Undecided ? Decide() : state) == Active;

    public static OtlpExportProcessor Create(ExportOptions export, DeliveryOptions delivery, BatchExportActivityProcessorOptions batch, bool givesWay)
    {
        bool isGrpc = export.Protocol == OtlpExportProtocol.Grpc;
        Uri address = OtlpAddress.Of(export);
        string name = isGrpc ? "otlp-grpc" : "otlp-http";
        HttpClient client = ExportClient.Create(export, isGrpc);
        if (isGrpc && export.Gzip)
            client.DefaultRequestHeaders.Add("grpc-encoding", "gzip");
        var sender = new HttpSender(
            client,
            isGrpc ? new Uri(address, GrpcPath) : address,
            isGrpc ? "application/grpc" : "application/x-protobuf",
            export.Gzip && !isGrpc ? "gzip" : null,
            delivery);
        // What is spooled is sent as it was written, so requests of different kinds are kept apart.
        var queue = new DeliveryQueue(sender, delivery, new DeliveryCounters(name), export.Gzip ? name + "-gzip" : name);
        var exporter = new OneAtATime(new OtlpExporterOptions
        {
            Endpoint = address,
            Protocol = export.Protocol,
            Compression = OtlpExportCompression.None,
            HttpClientFactory = () => new HttpClient(new QueueingHandler(queue, isGrpc, export.Gzip)),
        });
        return new OtlpExportProcessor(exporter, queue, delivery.TimeProvider, batch, givesWay);
    }

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (IsActive)
            base.OnEnd(data);
    }

    /// <inheritdoc/>
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        long start = time.GetTimestamp();
        return base.OnForceFlush(timeoutMilliseconds) && encoder.IsIdleWithin(Rest(timeoutMilliseconds, start)) && queue.Flush(Rest(timeoutMilliseconds, start));
    }

    /// <inheritdoc/>
    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        long start = time.GetTimestamp();
        return base.OnShutdown(timeoutMilliseconds) & queue.Shutdown(Rest(timeoutMilliseconds, start));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            queue.Dispose();
    }

    /// <summary>Threads may decide at the same time, but not differently.</summary>
    private int Decide() => state = ApplicationExporters.HaveOtlp(ParentProvider) ? Inactive : Active;

    private TimeSpan Rest(int timeoutMilliseconds, long start)
    {
        if (timeoutMilliseconds == Timeout.Infinite)
            return Timeout.InfiniteTimeSpan;
        TimeSpan rest = TimeSpan.FromMilliseconds(timeoutMilliseconds) - time.GetElapsedTime(start);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    /// <summary>The processor calls its queue flushed when the last span has been taken from it, which is while it is being encoded.</summary>
    private sealed class OneAtATime(OtlpExporterOptions options) : OtlpTraceExporter(options)
    {
        private readonly Lock gate = new();

        public override ExportResult Export(in Batch<Activity> activityBatch)
        {
            lock (gate)
                return base.Export(activityBatch);
        }

        public bool IsIdleWithin(TimeSpan limit)
        {
            if (!gate.TryEnter(limit))
                return false;
            gate.Exit();
            return true;
        }
    }
}
