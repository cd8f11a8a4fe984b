using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Clew.Model;

namespace Clew.Server.Pipeline;

/// <summary>
/// The builders that requests are decoded into. There are at most as many as the gate has permits, so what all requests together unfold to is
/// bounded by that number times the tables' limits.
/// </summary>
internal sealed class SpanBatchPool(AdmissionGate gate, SpanBatchLimits limits)
{
    private readonly ConcurrentBag<SpanBatchBuilder> idle = [];

    /// <exception cref="OverloadedException">All are in use for longer than a request may wait.</exception>
    public async ValueTask<Rental> RentAsync(CancellationToken cancellationToken)
    {
        RateLimitLease lease = await gate.EnterAsync(1, cancellationToken).ConfigureAwait(false);
        return new Rental(this, idle.TryTake(out SpanBatchBuilder? builder) ? builder : new SpanBatchBuilder(limits), lease);
    }

    /// <summary>A builder for one request; disposal lets go of the payload and of the place.</summary>
    public readonly struct Rental(SpanBatchPool pool, SpanBatchBuilder builder, RateLimitLease lease) : IDisposable
    {
        public SpanBatchBuilder Builder => builder;

        public void Dispose()
        {
            builder.Release();
            pool.idle.Add(builder);
            lease.Dispose();
        }
    }
}
