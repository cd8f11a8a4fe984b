namespace Clew.Server.Receivers;

/// <summary>Lets one line through per interval and counts the others, so that a flood of bad payloads is not a flood of log lines.</summary>
internal sealed class LogThrottle(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long? lastAt;
    private long suppressed;

    /// <param name="since">How many were not let through since the last one that was.</param>
    public bool TryPass(out long since)
    {
        lock (gate)
        {
            if (lastAt is { } last && time.GetElapsedTime(last) < Interval)
            {
                suppressed++;
                since = 0;
                return false;
            }
            lastAt = time.GetTimestamp();
            since = suppressed;
            suppressed = 0;
            return true;
        }
    }
}
