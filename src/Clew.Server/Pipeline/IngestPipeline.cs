using Clew.Formats;
using Clew.Model;
using Clew.Server.Pipeline.Intake;
using Clew.Server.Sampling.Adaptive;
using Clew.Storage;

namespace Clew.Server.Pipeline;

/// <summary>
/// The one way from a body to the store, for every receiver: decode, check, append. A returned result means that the accepted spans are as
/// durable as the store promises. Safe from any thread.
/// </summary>
internal sealed class IngestPipeline(
    SpanBatchPool batches, SpanValidator validator, ISpanStore store, RootSpanCounter rootSpans, IntakeRegistry intake, IngestMetrics metrics, TimeProvider time)
{
    /// <param name="receiver">One of <see cref="ReceiverName"/>.</param>
    /// <param name="format">What the payload is encoded in.</param>
    /// <param name="body">Read to its end; stays the caller's.</param>
    /// <param name="cancellationToken">The sender has gone.</param>
    /// <param name="detector">Looks at the inflated payload and says what it is in really.</param>
    /// <exception cref="SpanFormatException">The payload cannot be decoded.</exception>
    /// <exception cref="RequestRefusedException">The body cannot be inflated within the limits.</exception>
    /// <exception cref="OverloadedException">No room; nothing was stored.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was stored.</exception>
    public async ValueTask<IngestResult> IngestAsync(
        string receiver, BatchFormat format, RequestBody body, CancellationToken cancellationToken, FormatDetector? detector = null)
    {
        long started = time.GetTimestamp();
        metrics.Request(receiver);
        metrics.Bytes(receiver, body.Received.Length);
        ReadOnlyMemory<byte> payload = await body.GetPayloadAsync(cancellationToken).ConfigureAwait(false);
        if (detector is not null)
            format = detector(payload.Span, format);
        IngestResult result = await StoreAsync(receiver, format, payload, body, cancellationToken).ConfigureAwait(false);
        metrics.Duration(receiver, time.GetElapsedTime(started));
        return result;
    }

    /// <summary>The same for a datagram or a message of a queue: no compression, and memory that its receiver has bounded.</summary>
    public async ValueTask<IngestResult> IngestMessageAsync(
        string receiver, BatchFormat format, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken, FormatDetector? detector = null)
    {
        long started = time.GetTimestamp();
        metrics.Request(receiver);
        metrics.Bytes(receiver, payload.Length);
        if (detector is not null)
            format = detector(payload.Span, format);
        IngestResult result = await StoreAsync(receiver, format, payload, null, cancellationToken).ConfigureAwait(false);
        metrics.Duration(receiver, time.GetElapsedTime(started));
        return result;
    }

    private async ValueTask<IngestResult> StoreAsync(
        string receiver, BatchFormat format, ReadOnlyMemory<byte> payload, RequestBody? body, CancellationToken cancellationToken)
    {
        using SpanBatchPool.Rental rental = await batches.RentAsync(cancellationToken).ConfigureAwait(false);
        metrics.Payload(receiver, payload.Length);
        SpanBatch batch = SpanDecoder.Decode(format, payload, rental.Builder);
        metrics.SpansReceived(receiver, batch.Spans.Count);
        ValidationResult checks = validator.Validate(batch);
        Count(receiver, checks);
        int accepted = batch.Spans.Count;
        if (accepted > 0)
        {
            if (body is { Encoding: not BodyEncoding.Identity })
                batch.SetBody(body.Received, body.Encoding);
            await AppendAsync(receiver, batch, cancellationToken).ConfigureAwait(false);
            metrics.SpansStored(receiver, accepted);
            intake.Stored(receiver, body?.UserAgent, batch);
            rootSpans.Count(batch);
        }
        return new IngestResult(accepted, checks.Rejected, checks.RejectText());
    }

    private async ValueTask AppendAsync(string receiver, SpanBatch batch, CancellationToken cancellationToken)
    {
        int spans = batch.Spans.Count;
        try
        {
            await store.AppendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            metrics.SpansRefused(receiver, exception is OperationCanceledException ? RefusalReason.Aborted : RefusalReason.Store, spans);
            throw;
        }
    }

    private void Count(string receiver, in ValidationResult checks)
    {
        metrics.SpansRefused(receiver, RefusalReason.ZeroTraceId, checks.ZeroTraceIds);
        metrics.SpansRefused(receiver, RefusalReason.ZeroSpanId, checks.ZeroSpanIds);
        metrics.SpansRefused(receiver, RefusalReason.TimeOutOfRange, checks.TimesOutOfRange);
        for (CutReason reason = 0; reason <= CutReason.NegativeDuration; reason++)
            metrics.SpansCut(reason, checks.Cut(reason));
    }
}
