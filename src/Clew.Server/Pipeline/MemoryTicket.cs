using System.Threading.RateLimiting;

namespace Clew.Server.Pipeline;

/// <summary>
/// The buffer memory one request has been granted, in permits of 1 KiB. Grows as the request does and gives everything back at once when the
/// request is over. One thread at a time.
/// </summary>
internal sealed class MemoryTicket(AdmissionGate gate) : IDisposable
{
    private readonly List<RateLimitLease> leases = new(2);
    private long permitsHeld;

    /// <summary>Waits until <paramref name="bytes"/> in all are granted.</summary>
    /// <exception cref="OverloadedException">No room within the time and the queue allowed.</exception>
    public async ValueTask GrowToAsync(long bytes, CancellationToken cancellationToken)
    {
        long missing = ToPermits(bytes) - permitsHeld;
        if (missing <= 0)
            return;
        leases.Add(await gate.EnterAsync((int)Math.Min(missing, int.MaxValue), cancellationToken).ConfigureAwait(false));
        permitsHeld += missing;
    }

    public void Dispose()
    {
        foreach (RateLimitLease lease in leases)
            lease.Dispose();
        leases.Clear();
        permitsHeld = 0;
    }

    public static long ToPermits(long bytes) => (bytes + 1023) / 1024;
}
