namespace Clew.Server.Commands.Load;

/// <summary>
/// Spreads spans over time: each request is due when those before it have had their share of a second, whatever the receiver does. Time
/// lost is made up for, but never more than a second's worth, so that a pause does not end in a flood.
/// </summary>
internal sealed class Pacer(double spansPerSecond, TimeProvider time)
{
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromSeconds(1);

    private readonly Lock sync = new();
    private readonly long started = time.GetTimestamp();
    private TimeSpan due;

    /// <exception cref="OperationCanceledException">Cancelled before the request was due.</exception>
    public Task WaitAsync(int spans, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (sync)
        {
            TimeSpan now = time.GetElapsedTime(started);
            if (due < now - CatchUpMax)
                due = now - CatchUpMax;
            wait = due - now;
            due += TimeSpan.FromSeconds(spans / spansPerSecond);
        }
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}
