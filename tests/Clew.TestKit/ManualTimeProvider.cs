namespace Clew.TestKit;

/// <summary>A clock that stands still until told otherwise, with the timers that hang on it. Safe from any thread.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> armed = [];
    private TaskCompletionSource timersChanged = NewSignal();
    private long ticks = DateTimeOffset.UnixEpoch.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <summary>Moves on and calls the timers that are due, in this thread.</summary>
    public void Advance(TimeSpan by)
    {
        long now = Interlocked.Add(ref ticks, by.Ticks);
        ManualTimer[] due;
        lock (gate)
        {
            due = [.. armed.Where(timer => timer.DueTicks <= now).OrderBy(timer => timer.DueTicks)];
            foreach (ManualTimer timer in due)
                Rearm(timer, now);
        }
        foreach (ManualTimer timer in due)
            timer.Call();
    }

    /// <summary>Waits until somebody waits for this clock: advancing before that would be slept through.</summary>
    public async Task UntilTimerAsync()
    {
        while (true)
        {
            Task changed;
            lock (gate)
            {
                if (armed.Count > 0)
                    return;
                changed = timersChanged.Task;
            }
            await changed;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            armed.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.DueTicks = GetTimestamp() + dueTime.Ticks;
                armed.Add(timer);
            }
            timersChanged.TrySetResult();
            timersChanged = NewSignal();
        }
    }

    private void Rearm(ManualTimer timer, long now)
    {
        if (timer.Period > TimeSpan.Zero)
            timer.DueTicks = now + timer.Period.Ticks;
        else
            armed.Remove(timer);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        public long DueTicks { get; set; }

        public TimeSpan Period { get; set; }

        public void Call() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Arm(this, dueTime, period);
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
