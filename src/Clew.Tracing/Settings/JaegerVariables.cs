using System.Text;
using System.Text.RegularExpressions;
using Clew.Tracing.Propagation;
using Microsoft.Extensions.Configuration;

namespace Clew.Tracing.Settings;

/// <summary>
/// The variables of Jaeger's own client libraries (jaeger-client-csharp, README, "Configuration via Environment"): a program that ran with one of them is
/// deployed as before. Queue sizes and the id length have no counterpart and are left aside.
/// </summary>
internal static partial class JaegerVariables
{
    public static void Apply(IConfiguration configuration, ClewTracingOptions options)
    {
        var variables = new SettingReader(configuration, options.Problems);
        variables.Read("JAEGER_DISABLED", SettingText.Flag, value => options.Enabled = !value);
        variables.Read("JAEGER_SERVICE_NAME", SettingText.Text, value => options.ServiceName = value);
        variables.Read("JAEGER_TAGS", static text => SettingText.Pairs(text, decoded: false).ToArray(), pairs =>
        {
            foreach ((string key, string value) in pairs)
                options.ResourceAttributes[key] = Expand(value, configuration);
        });
        variables.Read("JAEGER_PROPAGATION", Formats, value => options.Propagation.Extract = options.Propagation.Inject = value);
        ReadExport(variables, options);
        ReadSampler(variables, options.Sampler);
    }

    private static void ReadExport(SettingReader variables, ClewTracingOptions options)
    {
        ExportOptions export = options.Export;
        bool agent = variables.Read("JAEGER_AGENT_HOST", SettingText.Text, value => export.JaegerAgentHost = value);
        agent |= variables.Read("JAEGER_AGENT_PORT", SettingText.Port, value => export.JaegerAgentPort = value);
        if (agent)
            options.Exporters = [TraceExporter.JaegerUdp];
        // The collector goes before the agent, as in Jaeger's clients.
        if (variables.Read("JAEGER_ENDPOINT", SettingText.Address, value => export.JaegerEndpoint = value))
            options.Exporters = [TraceExporter.JaegerHttp];
        variables.Read("JAEGER_REPORTER_LOG_SPANS", SettingText.Flag, value =>
        {
            if (value)
                options.Exporters = [.. options.Exporters ?? [TraceExporter.Otlp], TraceExporter.Console];
        });
        if (variables.Text("JAEGER_USER") is { } user && variables.Text("JAEGER_PASSWORD") is { } password)
            export.Headers["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        variables.Read("JAEGER_AUTH_TOKEN", SettingText.Text, value => export.Headers["Authorization"] = "Bearer " + value);
    }

    private static void ReadSampler(SettingReader variables, SamplerOptions sampler)
    {
        variables.Read("JAEGER_SAMPLER_TYPE", static text => text.ToLowerInvariant(), value => sampler.Type = value switch
        {
            "const" => SamplerType.AlwaysOn,
            "probabilistic" => SamplerType.Ratio,
            "ratelimiting" => SamplerType.RateLimiting,
            "remote" => SamplerType.Remote,
            _ => throw new FormatException("is none of const, probabilistic, ratelimiting, remote."),
        });
        switch (sampler.Type)
        {
            case SamplerType.AlwaysOn:
                variables.Read("JAEGER_SAMPLER_PARAM", SettingText.Flag, value => sampler.Type = value ? SamplerType.AlwaysOn : SamplerType.AlwaysOff);
                break;
            case SamplerType.RateLimiting:
                sampler.TracesPerSecond = 2;
                variables.Read("JAEGER_SAMPLER_PARAM", SettingText.Rate, value => sampler.TracesPerSecond = value);
                break;
            case SamplerType.Ratio or SamplerType.Remote:
                // What Jaeger's clients took without a parameter.
                sampler.Ratio = 0.001;
                variables.Read("JAEGER_SAMPLER_PARAM", SettingText.Ratio, value => sampler.Ratio = value);
                break;
        }
        variables.Read("JAEGER_SAMPLER_MANAGER_HOST_PORT", ManagerAddress, value => sampler.Endpoint = value);
        variables.Read("JAEGER_SAMPLING_ENDPOINT", SettingText.Address, value => sampler.Endpoint = value);
        variables.Read("JAEGER_SAMPLER_REFRESH_INTERVAL", SettingText.Duration, value => sampler.PollInterval = value);
    }

    /// <summary><c>host:port</c>, or a whole address in later clients.</summary>
    private static Uri ManagerAddress(string text) => SettingText.Address(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}/sampling");

    private static PropagationFormat[] Formats(string text)
    {
        string[] names = SettingText.Items(text.ToLowerInvariant());
        var formats = new List<PropagationFormat>();
        foreach (string name in names)
        {
            switch (name)
            {
                case "jaeger":
                    formats.Add(PropagationFormat.Jaeger);
                    break;
                case "b3":
                    formats.AddRange([PropagationFormat.B3Multi, PropagationFormat.Baggage]);
                    break;
                case "w3c":
                    formats.AddRange([PropagationFormat.TraceContext, PropagationFormat.Baggage]);
                    break;
                default:
                    throw new FormatException($"has '{name}', which is none of jaeger, b3, w3c.");
            }
        }
        return [.. formats.Distinct()];
    }

    /// <summary><c>${variable:default}</c> is the variable's value, or the default.</summary>
    private static string Expand(string value, IConfiguration configuration) => Variable().Replace(value, match =>
        configuration[match.Groups["name"].Value] is { Length: > 0 } found ? found : match.Groups["default"].Value);

    [GeneratedRegex(@"\$\{(?<name>[^:}]+)(:(?<default>[^}]*))?\}")]
    private static partial Regex Variable();
}
