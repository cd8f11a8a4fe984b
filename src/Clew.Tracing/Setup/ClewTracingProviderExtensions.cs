using Clew.Tracing;
using Clew.Tracing.Setup;

namespace OpenTelemetry.Trace;

/// <summary>Turns tracing on for a tracer provider.</summary>
public static class ClewTracingProviderExtensions
{
    /// <summary>For programs without a host, and inside <c>WithTracing</c>. Whoever builds the provider disposes it, which sends what is left. Logs are not touched.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="configure">Settings in code, which go before those of the configuration.</param>
    public static TracerProviderBuilder AddClewTracing(this TracerProviderBuilder builder, Action<ClewTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services => TracingRegistration.Add(services, configuration: null, configure, withHost: false));
    }
}
