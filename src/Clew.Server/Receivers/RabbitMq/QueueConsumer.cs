using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Clew.Server.Receivers.RabbitMq;

/// <summary>
/// One subscription on a channel of its own. The client library calls it for up to as many messages at once as were prefetched; a message
/// that waits to be given back keeps its place among them, so that a busy store is not asked more often than it can answer.
/// </summary>
internal sealed class QueueConsumer(IChannel channel, SpanMessageHandler handler, RabbitMqMetrics metrics, TimeProvider time, CancellationToken hurry)
    : AsyncDefaultBasicConsumer(channel)
{
    // From as soon as the store may have caught up to once in a while.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(hurry);
    private readonly Lock gate = new();
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int working;
    private bool isStopping;
    private int failuresInARow;

    /// <summary>Completes with the reason when no more messages will come.</summary>
    public Task<string> Ended => ended.Task;

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // What has not been begun when the server stops goes back to the queue with the channel.
        if (!TryBegin())
            return;
        try
        {
            MessageFate fate = await handler.HandleAsync(body, redelivered, hurry).ConfigureAwait(false);
            if (fate == MessageFate.Requeue)
                await PauseAsync().ConfigureAwait(false);
            else
                Volatile.Write(ref failuresInARow, 0);
            await SettleAsync(deliveryTag, fate).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationInterruptedException or AlreadyClosedException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The channel has gone: the broker delivers the message again, and what was stored of it is kept once.
        }
        finally
        {
            End();
        }
    }

    /// <summary>Begins nothing more and waits for what was begun.</summary>
    public async Task StopAsync()
    {
        lock (gate)
        {
            isStopping = true;
            if (working == 0)
                idle.TrySetResult();
        }
        // A pause before giving back is not worth waiting for.
        await stopping.CancelAsync().ConfigureAwait(false);
        await idle.Task.ConfigureAwait(false);
        stopping.Dispose();
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        ended.TrySetResult(reason.ReplyText);
        return base.HandleChannelShutdownAsync(channel, reason);
    }

    // The broker ends a subscription when its queue is deleted.
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        ended.TrySetResult("the broker has ended the subscription: the queue was deleted");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    private async Task SettleAsync(ulong deliveryTag, MessageFate fate)
    {
        if (fate == MessageFate.Acknowledge)
            await Channel.BasicAckAsync(deliveryTag, multiple: false).ConfigureAwait(false);
        else
            await Channel.BasicRejectAsync(deliveryTag, requeue: fate == MessageFate.Requeue).ConfigureAwait(false);
        metrics.Settled(fate);
    }

    private async Task PauseAsync()
    {
        int doublings = Math.Min(Interlocked.Increment(ref failuresInARow) - 1, 10);
        TimeSpan pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << doublings, LongestPause.Ticks));
        await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool TryBegin()
    {
        lock (gate)
        {
            if (isStopping)
                return false;
            working++;
            return true;
        }
    }

    private void End()
    {
        lock (gate)
        {
            if (--working == 0 && isStopping)
                idle.TrySetResult();
        }
    }
}
