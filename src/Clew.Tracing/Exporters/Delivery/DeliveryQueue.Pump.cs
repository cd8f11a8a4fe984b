using OpenTelemetry;

namespace Clew.Tracing.Exporters.Delivery;

internal sealed partial class DeliveryQueue
{
    // How often to look for requests of other processes, and whether the one that held the spool is gone.
    private static readonly TimeSpan SpoolInterval = TimeSpan.FromSeconds(30);

    private async Task PumpAsync()
    {
        // Exporting spans must not make spans.
        using IDisposable suppressed = SuppressInstrumentationScope.Begin();
        while (!abort.IsCancellationRequested)
        {
            if (Next() is { } request)
            {
                if (!await DeliverAsync(request).ConfigureAwait(false))
                    return;
            }
            else if (stop.IsCancellationRequested || !await PauseAsync().ConfigureAwait(false))
            {
                // Stopped, but something may have come in before the queue closed.
                lock (gate)
                {
                    if (waiting.Count == 0)
                        return;
                }
            }
        }
    }

    /// <summary>The oldest request, which becomes the one being sent.</summary>
    private EncodedRequest? Next()
    {
        // At the end only memory counts: the spool keeps what it has.
        bool stopping = stop.IsCancellationRequested;
        int spillsBefore = Volatile.Read(ref spills);
        EncodedRequest? request = stopping ? null : NextSpooled();
        lock (gate)
        {
            // An older request is on its way to the spool, or came there after it was looked at. Who put it there wakes the pump again.
            if (request is null && !stopping && spool is not null && (spilling > 0 || spills != spillsBefore))
                return null;
            if (request is null && waiting.Count > 0)
                request = Dequeue();
            sending = request;
            if (request is null)
            {
                idle?.TrySetResult();
                idle = null;
            }
        }
        return request;
    }

    private EncodedRequest? NextSpooled()
    {
        if (spool is null || !spool.TryOwn())
            return null;
        try
        {
            EncodedRequest? request = spool.TakeOldest();
            if (request is null)
            {
                spool.List();
                request = spool.TakeOldest();
            }
            return request;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be read would be met again for ever.
            if (spool.Taken is { } unreadable)
            {
                counters.AddDropped(unreadable.SpanCount, DropReasons.SpoolFailed);
                spool.Delete(unreadable);
            }
            return null;
        }
    }

    /// <summary>Tries until the request is settled.</summary>
    /// <returns>False when it is not and the queue is stopping: it stays in <see cref="sending"/>.</returns>
    private async Task<bool> DeliverAsync(EncodedRequest request)
    {
        for (int failures = 1; ; failures++)
        {
            SendOutcome outcome = await sender.SendAsync(request.Body, abort.Token).ConfigureAwait(false);
            if (outcome.Result != SendResult.Retry)
            {
                Settle(request, outcome.Result);
                return true;
            }
            if (stop.IsCancellationRequested)
                return false;
            counters.AddRetried(request.SpanCount);
            bool stopped = !await DelayAsync(outcome.RetryAfter ?? Backoff(failures)).ConfigureAwait(false);
            // A last attempt at the end, unless the server asked to be left alone.
            if (stopped && outcome.RetryAfter > TimeSpan.Zero)
                return false;
        }
    }

    private void Settle(EncodedRequest request, SendResult result)
    {
        if (result == SendResult.Sent)
            counters.AddSent(request.SpanCount);
        else
            counters.AddDropped(request.SpanCount, DropReasons.Refused);
        lock (gate)
            sending = null;
        if (request.SpooledAs is { } file)
            spool!.Delete(file);
        request.Release();
    }

    /// <summary>Doubles from the shortest to the longest delay; the random half keeps many processes from coming back together.</summary>
    private TimeSpan Backoff(int failures)
    {
        double full = Math.Min(options.RetryDelayMax.TotalMilliseconds, options.RetryDelayMin.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30)));
        return TimeSpan.FromMilliseconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    /// <returns>False when the queue stopped meanwhile.</returns>
    private async Task<bool> DelayAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, options.TimeProvider, stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits for a request, or for the next look at the spool.</summary>
    private async Task<bool> PauseAsync()
    {
        using CancellationTokenSource interval = spool is null ? new() : new(SpoolInterval, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, interval.Token);
        try
        {
            await wake.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
        return !stop.IsCancellationRequested;
    }
}
