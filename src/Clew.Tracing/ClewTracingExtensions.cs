using Clew.Tracing.Setup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;

namespace Clew.Tracing;

/// <summary>Turns tracing on. Calling any of these more than once, or beside OpenTelemetry's own set-up in either order, makes neither spans nor exports twice.</summary>
public static class ClewTracingExtensions
{
    /// <summary>For web applications and workers: requests, calls and logs are traced as the configuration says, from the start of the host to its end.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Settings in code, which go before those of the configuration.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Thrown by the host's start: a setting cannot be used; the message names it.</exception>
    public static TBuilder AddClewTracing<TBuilder>(this TBuilder builder, Action<ClewTracingOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        TracingRegistration.Add(builder.Services, builder.Configuration, configure, withHost: true);
        return builder;
    }

    /// <summary>For hosts that are built in another way. The configuration is the one among the services.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings in code, which go before those of the configuration.</param>
    public static IServiceCollection AddClewTracing(this IServiceCollection services, Action<ClewTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        TracingRegistration.Add(services, configuration: null, configure, withHost: true);
        return services;
    }

    /// <summary>For hosts that are built in another way, with their configuration: then tracing that is switched off registers nothing.</summary>
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

    /// <summary>For programs without a host, and inside <c>WithTracing</c>. Whoever builds the provider disposes it, which sends what is left. Logs are not touched.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="configure">Settings in code, which go before those of the configuration.</param>
    public static TracerProviderBuilder AddClewTracing(this TracerProviderBuilder builder, Action<ClewTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services => TracingRegistration.Add(services, configuration: null, configure, withHost: false));
    }
}
