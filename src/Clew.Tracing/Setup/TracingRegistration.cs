using System.Diagnostics;
using Clew.Tracing.Logs;
using Clew.Tracing.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Setup;

/// <summary>Puts tracing into a collection of services, once however often it is asked for.</summary>
internal static class TracingRegistration
{
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration where it is known already; then a disabled tracing registers nothing. Otherwise it is found when the host is built.</param>
    /// <param name="configure">The application's own settings, which go before all others.</param>
    /// <param name="withHost">Whether a host starts and stops what is registered.</param>
    public static void Add(IServiceCollection services, IConfiguration? configuration, Action<ClewTracingOptions>? configure, bool withHost)
    {
        if (services.Any(static service => service.ServiceType == typeof(TracingState)))
        {
            if (configure is not null)
                services.Configure(configure);
        }
        else if (!AddProvider(services, configuration, configure))
        {
            return;
        }
        if (withHost && services.All(static service => service.ImplementationType != typeof(TracingLifetime)))
            AddHosting(services);
    }

    /// <returns>False where tracing is known to be switched off.</returns>
    private static bool AddProvider(IServiceCollection services, IConfiguration? configuration, Action<ClewTracingOptions>? configure)
    {
        ClewTracingOptions? known = configuration is null ? null : Read(configuration, configure);
        if (known is { Enabled: false })
            return false;
        AspNetCoreSwitch.Set();
        if (known is { Problems.Count: 0 })
            _ = new InstalledPropagation(known.Propagation);

        services.AddOptions();
        services.AddSingleton(provider => new ConfigurationSource(configuration ?? provider.GetService<IConfiguration>() ?? new ConfigurationBuilder().AddEnvironmentVariables().Build()));
        services.AddSingleton<IConfigureOptions<ClewTracingOptions>>(static provider => new OptionsFromConfiguration(provider.GetRequiredService<ConfigurationSource>().Configuration));
        if (configure is not null)
            services.Configure(configure);
        services.AddSingleton<IValidateOptions<ClewTracingOptions>, OptionsCheck>();
        services.AddSingleton<TracingState>();
        services.AddSingleton(static provider => new InstalledPropagation(provider.GetRequiredService<IOptions<ClewTracingOptions>>().Value.Propagation));
        // ASP.NET Core has put the propagator of its day here when the builder was made.
        services.Replace(ServiceDescriptor.Singleton(static provider =>
            provider.GetRequiredService<IOptions<ClewTracingOptions>>().Value.Enabled
                ? provider.GetRequiredService<InstalledPropagation>().Composite.ForActivities
                : DistributedContextPropagator.Current));
        new Builder(services).WithTracing();
        services.ConfigureOpenTelemetryTracerProvider(ProviderSetup.Configure);
        MoveLastToFront(services);
        services.ConfigureOpenTelemetryTracerProvider(ExporterSetup.Configure);
        return true;
    }

    private static void AddHosting(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ClewTracingOptions>();
        services.AddHostedService<TracingLifetime>();
        LogRegistration.Add(services);
    }

    /// <summary>The first to configure the provider, wherever in the program this stands: callbacks run in the order of their registration.</summary>
    private static void MoveLastToFront(IServiceCollection services)
    {
        ServiceDescriptor last = services[^1];
        services.RemoveAt(services.Count - 1);
        services.Insert(0, last);
    }

    private static ClewTracingOptions Read(IConfiguration configuration, Action<ClewTracingOptions>? configure)
    {
        var options = new ClewTracingOptions();
        new OptionsFromConfiguration(configuration).Configure(options);
        configure?.Invoke(options);
        return options;
    }

    private sealed class Builder(IServiceCollection services) : IOpenTelemetryBuilder
    {
        public IServiceCollection Services => services;
    }
}
