namespace Clew.Tracing.Sampling;

/// <summary>
/// Tokens that come at a rate, fractions included, and gather up to one second's worth, at least one. Full at first. Safe from any thread without a lock:
/// instead of a balance it keeps the time at which the bucket would have been empty, which is one number to exchange.
/// </summary>
internal sealed class TokenBucket
{
    private readonly TimeProvider time;
    private readonly long ticksPerToken;
    private readonly long ticksOfFullBucket;
    private long emptyAtTicks;

    /// <param name="tokensPerSecond">0 means that there is never one.</param>
    /// <param name="time">The clock.</param>
    public TokenBucket(double tokensPerSecond, TimeProvider time)
    {
        this.time = time;
        // A quarter of the range: sums with a timestamp cannot overflow, and at 1 ns a tick it is 73 years.
        double ticks = Math.Min(time.TimestampFrequency / tokensPerSecond, long.MaxValue / 4);
        ticksPerToken = Math.Max(1, (long)ticks);
        ticksOfFullBucket = Math.Max(time.TimestampFrequency, ticksPerToken);
        emptyAtTicks = tokensPerSecond > 0 ? time.GetTimestamp() - ticksOfFullBucket : long.MaxValue / 2;
    }

    public bool TryTake()
    {
        while (true)
        {
            long now = time.GetTimestamp();
            long emptyAt = Volatile.Read(ref emptyAtTicks);
            long afterwards = Math.Max(emptyAt, now - ticksOfFullBucket) + ticksPerToken;
            if (afterwards > now)
                return false;
            if (Interlocked.CompareExchange(ref emptyAtTicks, afterwards, emptyAt) == emptyAt)
                return true;
        }
    }
}
