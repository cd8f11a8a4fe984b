using System.Threading.RateLimiting;
using Clew.Server.Pipeline;

namespace Clew.Server.Tests.Pipeline;

public class AdmissionGateTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Who_waits_gets_in_when_another_leaves()
    {
        using var gate = Gate(permits: 10, queue: 10, Long);
        RateLimitLease first = await gate.EnterAsync(8, default);
        Task<RateLimitLease> second = gate.EnterAsync(4, default).AsTask();
        Assert.False(second.IsCompleted);
        Assert.Equal((8, 4), (gate.PermitsInUse, gate.PermitsWaitedFor));

        first.Dispose();

        using RateLimitLease lease = await second;
        Assert.Equal((4, 0), (gate.PermitsInUse, gate.PermitsWaitedFor));
    }

    [Fact]
    public async Task A_full_queue_turns_away_at_once_and_tells_when_to_come_back()
    {
        using var gate = Gate(permits: 1, queue: 1, Long);
        using RateLimitLease inside = await gate.EnterAsync(1, default);
        Task<RateLimitLease> waiting = gate.EnterAsync(1, default).AsTask();

        var refused = await Assert.ThrowsAsync<OverloadedException>(async () => await gate.EnterAsync(1, default));

        Assert.Equal(("full", TimeSpan.FromSeconds(3)), (refused.Message, refused.RetryAfter));
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Waiting_ends_after_the_time_allowed()
    {
        using var gate = Gate(permits: 1, queue: 1, TimeSpan.FromMilliseconds(20));
        using RateLimitLease inside = await gate.EnterAsync(1, default);

        await Assert.ThrowsAsync<OverloadedException>(async () => await gate.EnterAsync(1, default));

        Assert.Equal(0, gate.PermitsWaitedFor);
    }

    [Fact]
    public async Task A_sender_that_leaves_while_waiting_is_not_called_overload()
    {
        using var gate = Gate(permits: 1, queue: 1, Long);
        using RateLimitLease inside = await gate.EnterAsync(1, default);
        using var gone = new CancellationTokenSource();
        Task<RateLimitLease> waiting = gate.EnterAsync(1, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task More_than_there_is_at_all_is_turned_away()
    {
        using var gate = Gate(permits: 1, queue: 1, Long);

        await Assert.ThrowsAsync<OverloadedException>(async () => await gate.EnterAsync(2, default));
    }

    private static AdmissionGate Gate(int permits, int queue, TimeSpan wait) =>
        new("full", permits, queue, wait, TimeSpan.FromSeconds(3), TimeProvider.System);
}
