using Clew.Formats.Zipkin;
using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.RabbitMq;

/// <summary>Brings a message's spans through the pipeline and judges what becomes of the message. Safe from any thread.</summary>
internal sealed partial class SpanMessageHandler(
    IngestPipeline pipeline, IngestGates gates, RefusalDesk desk, ClewOptions options, ILogger<SpanMessageHandler> log, TimeProvider time)
{
    private readonly LogThrottle rejections = new(time);
    private readonly LogThrottle waits = new(time);

    /// <param name="body">One list of spans in any of Zipkin's encodings; stays the caller's.</param>
    /// <param name="isRedelivered">The broker has delivered it before.</param>
    /// <param name="cancellationToken">The server is in a hurry to stop.</param>
    public async ValueTask<MessageFate> HandleAsync(ReadOnlyMemory<byte> body, bool isRedelivered, CancellationToken cancellationToken)
    {
        // Zipkin's collectors take an empty message for no spans.
        if (body.IsEmpty)
            return MessageFate.Acknowledge;
        try
        {
            int bytesMax = options.Limits.RequestBytesMax;
            if (body.Length > bytesMax)
                throw new RequestRefusedException(RefusalReason.TooLarge, $"the message has {body.Length} bytes, more than the allowed {bytesMax}");
            using var memory = new MemoryTicket(gates.Memory);
            await memory.GrowToAsync(body.Length, cancellationToken).ConfigureAwait(false);
            IngestResult result = await pipeline.IngestMessageAsync(
                ReceiverName.ZipkinRabbitMq, BatchFormat.ZipkinV2Json, body, cancellationToken, ZipkinFormat.Detect).ConfigureAwait(false);
            return result is { AcceptedSpans: 0, RejectedSpans: > 0, RejectReason: { } reason } ? Reject(body.Length, reason) : MessageFate.Acknowledge;
        }
        catch (Exception exception)
        {
            Refusal refusal = desk.Refuse(ReceiverName.ZipkinRabbitMq, exception, userAgent: null, body.Span);
            return refusal.Reason switch
            {
                RefusalReason.Overload or RefusalReason.Store or RefusalReason.Aborted => Wait(refusal.Message),
                // A fault of ours may pass; a message that meets it twice would go round for ever.
                RefusalReason.Internal when !isRedelivered => Wait(refusal.Message),
                _ => Reject(body.Length, refusal.Message),
            };
        }
    }

    private MessageFate Reject(int bytes, string why)
    {
        if (rejections.TryPass(out long since))
            LogRejected(bytes, why, since);
        return MessageFate.Reject;
    }

    private MessageFate Wait(string why)
    {
        if (waits.TryPass(out long since))
            LogRequeued(why, since);
        return MessageFate.Requeue;
    }

    [LoggerMessage(1, LogLevel.Warning, "RabbitMQ: a message of {Bytes} bytes was rejected: {Why}. {Since} more since the last such line.")]
    private partial void LogRejected(int bytes, string why, long since);

    [LoggerMessage(2, LogLevel.Warning, "RabbitMQ: a message goes back to the queue: {Why}. {Since} more since the last such line.")]
    private partial void LogRequeued(string why, long since);
}
