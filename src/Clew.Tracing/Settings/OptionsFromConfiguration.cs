using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Clew.Tracing.Settings;

/// <summary>Fills the options from everything that is configured; the application's own code comes after it.</summary>
internal sealed class OptionsFromConfiguration(IConfiguration configuration) : IConfigureOptions<ClewTracingOptions>
{
    public void Configure(ClewTracingOptions options)
    {
        JaegerVariables.Apply(configuration, options);
        OpenTelemetryVariables.Apply(configuration, options);
        TracingSection.Apply(configuration, options);
    }
}
