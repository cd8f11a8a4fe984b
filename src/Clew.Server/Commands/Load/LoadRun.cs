using System.Net.Sockets;
using Clew.Server.Commands.Sending;

namespace Clew.Server.Commands.Load;

/// <summary>Sends over several connections at once until there is enough or it is told to stop.</summary>
internal sealed class LoadRun(LoadOptions options, ILoadSource source, AcknowledgedFile? acknowledged, TimeProvider time)
{
    // Requests under way when the run ends have this long to be answered.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // A receiver that is not there is asked ten times a second, not as fast as the machine can.
    private static readonly TimeSpan FailurePause = TimeSpan.FromMilliseconds(100);

    private readonly Pacer? pacer = options.Rate is { } rate ? new Pacer(rate, time) : null;

    public LoadStatistics Statistics { get; } = new();

    /// <summary>Runs to the end; errors of the receiver are counted, not thrown.</summary>
    /// <exception cref="IOException">The acknowledgements cannot be written.</exception>
    /// <exception cref="SocketException">The host of a datagram receiver is not known.</exception>
    /// <param name="stop">No request is begun after this; those under way are waited for.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var duration = options.Duration is { } limit ? new CancellationTokenSource(limit, time) : new CancellationTokenSource();
        using CancellationTokenRegistration over = duration.Token.Register(stopping.Cancel);
        using var aborting = new CancellationTokenSource();
        using CancellationTokenRegistration grace = stopping.Token.Register(() => aborting.CancelAfter(Grace));
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(() => ConnectAsync(stopping, aborting.Token), CancellationToken.None)));
    }

    // What one connection cannot go on with (a full disk under the acknowledgements) ends the run for all.
    private async Task ConnectAsync(CancellationTokenSource stopping, CancellationToken aborted)
    {
        try
        {
            await ConnectAsync(stopping.Token, aborted);
        }
        catch
        {
            await stopping.CancelAsync();
            throw;
        }
    }

    private async Task ConnectAsync(CancellationToken stopping, CancellationToken aborted)
    {
        using ISpanSender sender = options.Protocol.Open(options.Endpoint, options.IsGzip);
        var retrying = new RetryingSender(sender, options.Retry ? RetryingSender.AttemptsDefault : 1, time);
        var buffer = new LoadBuffer();
        while (!stopping.IsCancellationRequested && source.Next(buffer) is { } requests)
        {
            foreach (LoadRequest request in requests)
            {
                if (!await IsDueAsync(request, stopping))
                    return;
                await SendAsync(retrying, request, stopping, aborted);
            }
        }
    }

    private async Task<bool> IsDueAsync(LoadRequest request, CancellationToken stopping)
    {
        try
        {
            if (pacer is not null)
                await pacer.WaitAsync(request.SpanCount, stopping);
            return !stopping.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SendAsync(RetryingSender sender, LoadRequest request, CancellationToken stopping, CancellationToken aborted)
    {
        SendAnswer answer;
        try
        {
            answer = await sender.SendAsync(request.Body, Statistics.Attempt, stopping, aborted);
        }
        catch (OperationCanceledException)
        {
            Statistics.Finish(request, answer: null);
            return;
        }
        Statistics.Finish(request, answer);
        // Which spans a partial success leaves out is not said, so nothing can be promised of such a request.
        if (answer is { IsAccepted: true, RejectedSpans: 0 })
            acknowledged?.Add(request);
        if (answer.Outcome == SendOutcome.Failed)
            await Task.Delay(FailurePause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
