using Clew.Server.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Clew.Server.Receivers.RabbitMq;

/// <summary>
/// Zipkin's RabbitMQ transport: lists of spans from a queue, each message acknowledged when the store has taken its spans. The broker may be
/// away at the start and at any time: the receiver tries again until the server stops.
/// </summary>
internal sealed partial class RabbitMqReceiver(
    RabbitMqOptions options, SpanMessageHandler handler, RabbitMqStatus status, RabbitMqMetrics metrics, ILogger<RabbitMqReceiver> log, TimeProvider time)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(15);

    private readonly RabbitMqConnections connections = new(options);
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource hurrying = new();
    private Task running = Task.CompletedTask;

    // What was last told in the log; null while all is well.
    private string? toldProblem;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing more, finishes and acknowledges what was begun until <paramref name="cancellationToken"/> says to give up; the rest stays in the queue.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await using CancellationTokenRegistration registration = cancellationToken.Register(hurrying.Cancel);
        await running.ConfigureAwait(false);
    }

    public void Dispose()
    {
        stopping.Dispose();
        hurrying.Dispose();
    }

    private async Task RunAsync()
    {
        TimeSpan pause = FirstRetry;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                string problem = await ConsumeAsync(stopping.Token).ConfigureAwait(false);
                if (stopping.IsCancellationRequested)
                    return;
                pause = FirstRetry;
                Report(problem, pause);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                metrics.ConnectFailed();
                Report(Reason(exception), pause);
            }
            await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestRetry ? pause * 2 : LongestRetry;
        }
    }

    /// <summary>Connects, subscribes, and returns when that has come to an end: the reason, or anything when the server stops.</summary>
    private async Task<string> ConsumeAsync(CancellationToken cancellationToken)
    {
        await using IConnection connection = await connections.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var consumers = new List<QueueConsumer>();
        try
        {
            await DeclareAsync(connection, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < options.Concurrency; i++)
                consumers.Add(await SubscribeAsync(connection, i, cancellationToken).ConfigureAwait(false));
            metrics.Connected();
            status.Problem = toldProblem = null;
            LogSubscribed(options.Queue, connections.Described);
            // One subscription that ends takes the others with it: they share the connection, and the queue.
            Task<string> first = await Task.WhenAny(consumers.Select(static consumer => consumer.Ended)).WaitAsync(cancellationToken).ConfigureAwait(false);
            return await first.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return "";
        }
        finally
        {
            status.Problem = "the server is stopping";
            await Task.WhenAll(consumers.Select(static consumer => consumer.StopAsync())).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the queue as it is, else declares it as Zipkin does. A failed look at a queue closes its channel, hence one for each.</summary>
    private async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using IChannel look = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await look.QueueDeclarePassiveAsync(options.Queue, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            await using IChannel declare = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await declare.QueueDeclareAsync(
                options.Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<QueueConsumer> SubscribeAsync(IConnection connection, int index, CancellationToken cancellationToken)
    {
        IChannel channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.BasicQosAsync(prefetchSize: 0, (ushort)options.PrefetchMax, global: false, cancellationToken).ConfigureAwait(false);
        var consumer = new QueueConsumer(channel, handler, metrics, time, hurrying.Token);
        await channel.BasicConsumeAsync(options.Queue, autoAck: false, $"clew.{index}", consumer, cancellationToken).ConfigureAwait(false);
        return consumer;
    }

    private void Report(string problem, TimeSpan pause)
    {
        status.Problem = $"nothing is received from queue {options.Queue} at {connections.Described}: {problem}";
        // A broker that stays away is told of once, not at every attempt.
        if (problem == toldProblem)
            return;
        toldProblem = problem;
        LogAway(options.Queue, connections.Described, problem, pause.TotalSeconds);
    }

    // The library wraps what happened twice: "None of the specified endpoints were reachable" helps nobody.
    private static string Reason(Exception exception)
    {
        while (exception is BrokerUnreachableException or AggregateException or ConnectFailureException && exception.InnerException is { } inner)
            exception = inner;
        return exception.Message;
    }

    [LoggerMessage(1, LogLevel.Information, "RabbitMQ: subscribed to queue {Queue} at {Brokers}.")]
    private partial void LogSubscribed(string queue, string brokers);

    [LoggerMessage(2, LogLevel.Warning, "RabbitMQ: nothing is received from queue {Queue} at {Brokers}: {Problem}. Trying again, first in {Seconds} s.")]
    private partial void LogAway(string queue, string brokers, string problem, double seconds);
}
