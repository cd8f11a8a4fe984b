using Clew.Tracing;
using Clew.Tracing.Setup;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Turns tracing on in a host. Calling it more than once, or beside OpenTelemetry's own set-up in either order, makes neither spans nor exports twice. In this namespace because the
/// programs that want it have it in view: those of the web and worker templates need no more than the line.
/// </summary>
public static class ClewTracingHostExtensions
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
}
