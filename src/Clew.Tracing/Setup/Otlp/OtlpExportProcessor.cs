using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Delivery;
using Clew.Tracing.Settings;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>OpenTelemetry's own encoding of OTLP with Clew's delivery behind it: retries, a bounded memory, a spool, counters. Owns the queue.</summary>
internal sealed class OtlpExportProcessor : BatchActivityExportProcessor
{
    private const string GrpcPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private readonly DeliveryQueue queue;
    private readonly TimeProvider time;

    private OtlpExportProcessor(OtlpTraceExporter exporter, DeliveryQueue queue, TimeProvider time, BatchExportActivityProcessorOptions batch)
        : base(exporter, batch.MaxQueueSize, batch.ScheduledDelayMilliseconds, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize)
    {
        this.queue = queue;
        this.time = time;
    }

    public static OtlpExportProcessor Create(ExportOptions export, DeliveryOptions delivery, BatchExportActivityProcessorOptions batch)
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
        var exporter = new OtlpTraceExporter(new OtlpExporterOptions
        {
            Endpoint = address,
            Protocol = export.Protocol,
            Compression = OtlpExportCompression.None,
            HttpClientFactory = () => new HttpClient(new QueueingHandler(queue, isGrpc, export.Gzip)),
        });
        return new OtlpExportProcessor(exporter, queue, delivery.TimeProvider, batch);
    }

    /// <inheritdoc/>
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        long start = time.GetTimestamp();
        return base.OnForceFlush(timeoutMilliseconds) && queue.Flush(Rest(timeoutMilliseconds, start));
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

    private TimeSpan Rest(int timeoutMilliseconds, long start)
    {
        if (timeoutMilliseconds == Timeout.Infinite)
            return Timeout.InfiniteTimeSpan;
        TimeSpan rest = TimeSpan.FromMilliseconds(timeoutMilliseconds) - time.GetElapsedTime(start);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
