namespace Clew.Storage.Segments.Tests.Wal;

/// <summary>A clock that stands still until told otherwise; its timers ring while it is moved, on the thread that moves it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<ManualTimer> timers = [];
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(56).AddTicks(ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (sync)
            timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (sync)
        {
            ticks += by.Ticks;
            due = [.. timers.Where(timer => timer.DueTicks <= ticks)];
            foreach (ManualTimer timer in due)
                timer.DueTicks = long.MaxValue;
        }
        foreach (ManualTimer timer in due)
            timer.Ring();
    }

    private sealed class ManualTimer(ManualTime time, Action ring) : ITimer
    {
        public long DueTicks { get; set; } = long.MaxValue;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.sync)
                DueTicks = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.ticks + dueTime.Ticks;
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
