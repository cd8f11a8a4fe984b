using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clew.Server.Operations.Health;

/// <summary>The server has started, is not stopping, and every TCP listener that is configured is bound.</summary>
internal sealed class ListenersHealthCheck(ClewOptions options, BoundListeners bound, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Problem() is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());

    private string? Problem()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return "the server is stopping";
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
            return "the server is starting";
        // UDP receivers bind before the host counts as started, or fail its start.
        Listener? missing = Listener.All.FirstOrDefault(
            listener => !listener.IsUdp && listener.Configured(options.Listen) is not null && bound[listener.Role] is null);
        return missing is null ? null : $"{missing.Setting} is not bound";
    }
}
