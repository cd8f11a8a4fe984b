namespace Clew.Server.Pipeline;

/// <summary>Counts events per second of the last ten whole seconds. Safe from any thread; called once a request, so a lock is cheap enough.</summary>
internal sealed class RateWindow(TimeProvider time)
{
    private const int WindowSeconds = 10;

    // The current second is still filling and is kept apart from the ten that are read.
    private readonly long[] counts = new long[WindowSeconds + 1];
    private readonly long[] seconds = new long[WindowSeconds + 1];
    private readonly Lock gate = new();
    private readonly long startedAt = time.GetTimestamp();

    public void Add(long count)
    {
        long now = Second();
        int slot = (int)(now % counts.Length);
        lock (gate)
        {
            if (seconds[slot] != now)
            {
                seconds[slot] = now;
                counts[slot] = 0;
            }
            counts[slot] += count;
        }
    }

    /// <summary>Mean per second over the last ten whole seconds, or over those since the start when there are fewer.</summary>
    public double PerSecond()
    {
        long now = Second();
        long sum = 0;
        lock (gate)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                if (seconds[i] < now && seconds[i] >= now - WindowSeconds)
                    sum += counts[i];
            }
        }
        return sum / (double)Math.Clamp(now - 1, 1, WindowSeconds);
    }

    // Counted from 1, so that a slot never written (second 0) is never taken for the first second.
    private long Second() => 1 + (long)time.GetElapsedTime(startedAt).TotalSeconds;
}
