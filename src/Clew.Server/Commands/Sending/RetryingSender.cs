namespace Clew.Server.Commands.Sending;

/// <summary>Sends until a request is taken, refused for good, or has been tried often enough.</summary>
/// <param name="sender">Stays the caller's.</param>
/// <param name="attemptsMax">From 1.</param>
/// <param name="time">Measures answers and waits between attempts.</param>
internal sealed class RetryingSender(ISpanSender sender, int attemptsMax, TimeProvider time)
{
    /// <summary>Attempts enough to outlast a receiver that restarts.</summary>
    public const int AttemptsDefault = 12;

    private static readonly TimeSpan DelayMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromMinutes(1);

    /// <param name="body">The encoded request.</param>
    /// <param name="onAnswer">Told of every attempt and how long it took.</param>
    /// <param name="stopping">No further attempt is begun.</param>
    /// <param name="aborted">Attempts under way are given up.</param>
    /// <exception cref="OperationCanceledException">Aborted.</exception>
    public async ValueTask<SendAnswer> SendAsync(
        ReadOnlyMemory<byte> body, Action<SendAnswer, TimeSpan>? onAnswer, CancellationToken stopping, CancellationToken aborted)
    {
        for (int attempt = 1; ; attempt++)
        {
            long started = time.GetTimestamp();
            SendAnswer answer = await sender.SendAsync(body, aborted);
            onAnswer?.Invoke(answer, time.GetElapsedTime(started));
            if (answer.IsAccepted || !answer.MayRetry || attempt >= attemptsMax)
                return answer;
            try
            {
                await Task.Delay(Delay(attempt, answer.RetryAfter), time, stopping);
            }
            catch (OperationCanceledException)
            {
                return answer;
            }
        }
    }

    private static TimeSpan Delay(int attempt, TimeSpan? retryAfter)
    {
        if (retryAfter is { } wanted)
            return wanted < RetryAfterMax ? wanted : RetryAfterMax;
        TimeSpan delay = DelayMin * Math.Pow(2, attempt - 1);
        return delay < DelayMax ? delay : DelayMax;
    }
}
