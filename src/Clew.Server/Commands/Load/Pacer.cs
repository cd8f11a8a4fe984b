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
    public Task WaitAsync(int spans, CancellationToken cancellationToken) =>
        Reserve(spans) is var wait && wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;

    /// <summary>Takes the next place; returns how long until it is due, not above zero when it is due already.</summary>
    public TimeSpan Reserve(int spans)
    {
        lock (sync)
        {
            TimeSpan now = time.GetElapsedTime(started);
            if (due < now - CatchUpMax)
                due = now - CatchUpMax;
            TimeSpan wait = due - now;
            due += TimeSpan.FromSeconds(spans / spansPerSecond);
            return wait;
        }
    }
}
