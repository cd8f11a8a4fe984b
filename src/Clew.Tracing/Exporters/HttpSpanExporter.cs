using System.Diagnostics;
using System.IO.Compression;
using Clew.Tracing.Exporters.Delivery;
using Clew.Tracing.Exporters.Encoding;
using OpenTelemetry;

namespace Clew.Tracing.Exporters;

/// <summary>
/// An exporter that encodes spans where it is called and leaves sending to a queue: an export succeeds when its spans are kept, not when they have
/// arrived. <see cref="BaseExporter{T}.ForceFlush"/> waits for what is in memory; shutdown sends within its limit, then spools the rest.
/// </summary>
public abstract class HttpSpanExporter : BaseExporter<Activity>
{
    private readonly Lock gate = new();
    private readonly DeliveryOptions delivery;
    private readonly MemoryStream? compressed;
    private readonly DeliveryQueue queue;
    private IRequestEncoder? encoder;

    private protected HttpSpanExporter(string name, string contentType, HttpExporterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        delivery = options.Delivery;
        compressed = options.Gzip ? new MemoryStream() : null;
        Counters = new DeliveryCounters(name);
        var sender = new HttpSender(options.HttpClientFactory(), options.Endpoint, contentType, options.Gzip ? "gzip" : null, delivery);
        // A request is sent as it was written: one of the other kind must not be met in the spool.
        queue = new DeliveryQueue(sender, delivery, Counters, options.Gzip ? name + "-gzip" : name);
    }

    internal DeliveryCounters Counters { get; }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        bool kept = true;
        lock (gate)
        {
            // Only now: an exporter learns its provider, and with it the resource, after it was made.
            encoder ??= CreateEncoder(new ExportedResource(ParentProvider.GetResource()));
            foreach (Activity span in batch)
            {
                kept &= TryAdd(encoder, span);
                if (encoder.LengthBytes >= delivery.RequestBytesMax)
                    kept &= Send(encoder);
            }
            kept &= Send(encoder);
        }
        return kept ? ExportResult.Success : ExportResult.Failure;
    }

    private protected abstract IRequestEncoder CreateEncoder(ExportedResource resource);

    /// <inheritdoc/>
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        long start = delivery.TimeProvider.GetTimestamp();
        // A batch may still be on its way into the queue.
        if (!gate.TryEnter(TimeSpan.FromMilliseconds(timeoutMilliseconds)))
            return false;
        gate.Exit();
        TimeSpan rest = TimeSpan.FromMilliseconds(timeoutMilliseconds) - delivery.TimeProvider.GetElapsedTime(start);
        return queue.Flush(timeoutMilliseconds < 0 ? Timeout.InfiniteTimeSpan : rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
    }

    /// <inheritdoc/>
    protected override bool OnShutdown(int timeoutMilliseconds) => queue.Shutdown(TimeSpan.FromMilliseconds(timeoutMilliseconds));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            queue.Dispose();
            lock (gate)
            {
                encoder?.Dispose();
                encoder = null;
            }
            compressed?.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool TryAdd(IRequestEncoder target, Activity span)
    {
        string? problem = SpanEncoding.TryAdd(target, span);
        if (problem is not null)
            Counters.AddDropped(1, problem);
        return problem is null;
    }

    private bool Send(IRequestEncoder finished)
    {
        if (finished.SpanCount == 0)
            return true;
        PooledBuffer body = finished.Finish();
        EncodedRequest request = compressed is null
            ? EncodedRequest.From(body, finished.SpanCount)
            : EncodedRequest.CopyOf(Compress(compressed, body.Written), finished.SpanCount);
        finished.Reset();
        return queue.Enqueue(request);
    }

    private static ReadOnlySpan<byte> Compress(MemoryStream compressed, ReadOnlySpan<byte> body)
    {
        compressed.SetLength(0);
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }
}
