using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clew.Server.Receivers.RabbitMq;

/// <summary>Degraded while the broker is away: what comes in by the other doors is not concerned, so the server stays ready.</summary>
internal sealed class RabbitMqHealthCheck(RabbitMqStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(status.Problem is { } problem ? HealthCheckResult.Degraded($"RabbitMQ: {problem}") : HealthCheckResult.Healthy());
}
