using Clew.Tracing;
using Clew.Tracing.Setup;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Turns tracing on among the services of a host that is built in another way.</summary>
public static class ClewTracingServiceExtensions
{
    /// <summary>With the configuration that is among the services.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings in code, which go before those of the configuration.</param>
    public static IServiceCollection AddClewTracing(this IServiceCollection services, Action<ClewTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        TracingRegistration.Add(services, configuration: null, configure, withHost: true);
        return services;
    }

    /// <summary>With the host's configuration: then tracing that is switched off registers nothing.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The root of the configuration, not its section.</param>
    /// <param name="configure">Settings in code, which go before those of the configuration.</param>
    public static IServiceCollection AddClewTracing(this IServiceCollection services, IConfiguration configuration, Action<ClewTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        TracingRegistration.Add(services, configuration, configure, withHost: true);
        return services;
    }
}
