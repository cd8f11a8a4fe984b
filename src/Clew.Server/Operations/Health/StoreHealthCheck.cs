using Clew.Model;
using Clew.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clew.Server.Operations.Health;

/// <summary>The store answers a question: the look-up of one trace id, the cheapest one every store has.</summary>
internal sealed class StoreHealthCheck(ISpanStore store) : IHealthCheck
{
    /// <summary>An orchestrator asks every few seconds and gives up after about as long.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // WaitAsync: a store that hangs need not honour the token.
            await store.GetTraceAsync(new TraceId(0, 1), cancellationToken).AsTask().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"the store does not answer within {Timeout.TotalSeconds} s");
        }
        catch (StoreUnavailableException error)
        {
            return HealthCheckResult.Unhealthy($"the store is unavailable: {error.Message}");
        }
    }
}
