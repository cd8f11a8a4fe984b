using System.Threading.RateLimiting;

namespace Clew.Server.Pipeline;

/// <summary>
/// A fixed number of permits, a bounded queue of those who wait for some, and a bounded wait: whoever does not get in learns it soon, with
/// <see cref="OverloadedException"/>. Safe from any thread.
/// </summary>
internal sealed class AdmissionGate : IDisposable
{
    private readonly ConcurrencyLimiter limiter;
    private readonly int permitsMax;
    private readonly string fullMessage;
    private readonly TimeSpan waitMax;
    private readonly TimeSpan retryAfter;
    private readonly TimeProvider time;

    /// <summary><paramref name="fullMessage"/> and <paramref name="retryAfter"/> are what a sender is told when it does not get in.</summary>
    public AdmissionGate(string fullMessage, int permitsMax, int queuedPermitsMax, TimeSpan waitMax, TimeSpan retryAfter, TimeProvider time)
    {
        this.permitsMax = permitsMax;
        this.fullMessage = fullMessage;
        this.waitMax = waitMax;
        this.retryAfter = retryAfter;
        this.time = time;
        limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = permitsMax,
            QueueLimit = queuedPermitsMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public long PermitsInUse => permitsMax - (limiter.GetStatistics()?.CurrentAvailablePermits ?? permitsMax);

    public long PermitsWaitedFor => limiter.GetStatistics()?.CurrentQueuedCount ?? 0;

    /// <exception cref="OverloadedException">No room within the time and the queue allowed.</exception>
    public ValueTask<RateLimitLease> EnterAsync(int permits, CancellationToken cancellationToken)
    {
        if (permits > permitsMax)
            throw Full();
        RateLimitLease lease = limiter.AttemptAcquire(permits);
        if (lease.IsAcquired)
            return ValueTask.FromResult(lease);
        lease.Dispose();
        return WaitAsync(permits, cancellationToken);
    }

    public void Dispose() => limiter.Dispose();

    private async ValueTask<RateLimitLease> WaitAsync(int permits, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(waitMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            RateLimitLease lease = await limiter.AcquireAsync(permits, either.Token).ConfigureAwait(false);
            if (lease.IsAcquired)
                return lease;
            lease.Dispose();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Waited as long as allowed: told below, like a queue that was full at once.
        }
        throw Full();
    }

    private OverloadedException Full() => new(fullMessage, retryAfter);
}
