using Microsoft.Extensions.Configuration;

namespace Clew.Tracing.Settings;

/// <summary>
/// OpenTelemetry's variables ("Environment Variable Specification", "OpenTelemetry Protocol Exporter"), also those that the .NET SDK leaves aside: OTEL_PROPAGATORS,
/// OTEL_TRACES_EXPORTER and the samplers of Jaeger. Read through the configuration, so that they may stand in files too. OTEL_BSP_* and the limits are the SDK's.
/// </summary>
internal static class OpenTelemetryVariables
{
    public static void Apply(IConfiguration configuration, ClewTracingOptions options)
    {
        var variables = new SettingReader(configuration, options.Problems);
        variables.Read("OTEL_SDK_DISABLED", SettingText.Flag, value => options.Enabled = !value);
        variables.Read("OTEL_RESOURCE_ATTRIBUTES", static text => SettingText.Pairs(text, decoded: true).ToArray(), pairs => ReadResource(pairs, options));
        variables.Read("OTEL_SERVICE_NAME", SettingText.Text, value => options.ServiceName = value);
        variables.Read("OTEL_TRACES_EXPORTER", SettingText.Exporters, value => options.Exporters = value);
        variables.Read("OTEL_PROPAGATORS", SettingText.Formats, value => options.Propagation.Extract = options.Propagation.Inject = value);
        ReadExport(variables, options);
        ReadSampler(variables, options.Sampler);
    }

    private static void ReadResource(KeyValuePair<string, string>[] pairs, ClewTracingOptions options)
    {
        foreach ((string key, string value) in pairs)
        {
            switch (key)
            {
                case "service.name":
                    options.ServiceName = value;
                    break;
                case "service.namespace":
                    options.ServiceNamespace = value;
                    break;
                case "service.version":
                    options.ServiceVersion = value;
                    break;
                case "service.instance.id":
                    options.ServiceInstanceId = value;
                    break;
                default:
                    options.ResourceAttributes[key] = value;
                    break;
            }
        }
    }

    private static void ReadExport(SettingReader variables, ClewTracingOptions options)
    {
        ExportOptions export = options.Export;
        foreach (string signal in (string[])["", "TRACES_"])
        {
            string prefix = "OTEL_EXPORTER_OTLP_" + signal;
            variables.Read(prefix + "PROTOCOL", SettingText.Protocol, value => export.Protocol = value);
            variables.Read(prefix + "HEADERS", static text => SettingText.Pairs(text, decoded: true).ToArray(), pairs =>
            {
                foreach ((string key, string value) in pairs)
                    export.Headers[key] = value;
            });
            variables.Read(prefix + "COMPRESSION", SettingText.Compression, value => export.Gzip = value);
            variables.Read(prefix + "CERTIFICATE", SettingText.Text, value => export.CaCertificate = value);
            variables.Read(prefix + "CLIENT_CERTIFICATE", SettingText.Text, value => export.ClientCertificate = value);
            variables.Read(prefix + "CLIENT_KEY", SettingText.Text, value => export.ClientKey = value);
            variables.Read(prefix + "TIMEOUT", SettingText.Duration, value => options.Delivery.RequestTimeout = value);
        }
        // The first address is a base for all signals, to which HTTP adds a path; the second is taken as it is.
        variables.Read("OTEL_EXPORTER_OTLP_ENDPOINT", SettingText.Address, value => export.Endpoint = OtlpAddress.ForTraces(value, export.Protocol, isBase: true));
        variables.Read("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", SettingText.Address, value => export.Endpoint = value);
        variables.Read("OTEL_EXPORTER_ZIPKIN_ENDPOINT", SettingText.Address, value => export.ZipkinEndpoint = value);
        variables.Read("OTEL_EXPORTER_JAEGER_ENDPOINT", SettingText.Address, value => export.JaegerEndpoint = value);
        variables.Read("OTEL_EXPORTER_JAEGER_AGENT_HOST", SettingText.Text, value => export.JaegerAgentHost = value);
        variables.Read("OTEL_EXPORTER_JAEGER_AGENT_PORT", SettingText.Port, value => export.JaegerAgentPort = value);
    }

    private static void ReadSampler(SettingReader variables, SamplerOptions sampler)
    {
        const string parentBased = "parentbased_";
        string kind = "";
        variables.Read("OTEL_TRACES_SAMPLER", static text => text.ToLowerInvariant(), value =>
        {
            sampler.ParentBased = value.StartsWith(parentBased, StringComparison.Ordinal);
            kind = sampler.ParentBased ? value[parentBased.Length..] : value;
            sampler.Type = kind switch
            {
                "always_on" => SamplerType.AlwaysOn,
                "always_off" => SamplerType.AlwaysOff,
                "traceidratio" => SamplerType.Ratio,
                "jaeger_remote" => SamplerType.Remote,
                _ => throw new FormatException("is none of always_on, always_off, traceidratio, jaeger_remote, with or without parentbased_."),
            };
        });
        if (kind == "traceidratio")
        {
            // Without an argument everything is in the share (OpenTelemetry, "General SDK Configuration").
            sampler.Ratio = 1;
            variables.Read("OTEL_TRACES_SAMPLER_ARG", SettingText.Ratio, value => sampler.Ratio = value);
        }
        else if (kind == "jaeger_remote")
            variables.Read("OTEL_TRACES_SAMPLER_ARG", static text => SettingText.Pairs(text, decoded: false).ToArray(), pairs => ReadRemote(pairs, sampler));
    }

    /// <summary><c>endpoint=http://localhost:14250,pollingIntervalMs=5000,initialSamplingRate=0.25</c>.</summary>
    private static void ReadRemote(KeyValuePair<string, string>[] pairs, SamplerOptions sampler)
    {
        foreach ((string key, string value) in pairs)
        {
            switch (key)
            {
                case "endpoint":
                    Uri address = SettingText.Address(value);
                    sampler.Endpoint = address.AbsolutePath == "/" ? new Uri(address, "/sampling") : address;
                    break;
                case "pollingIntervalMs":
                    sampler.PollInterval = SettingText.Duration(value);
                    break;
                case "initialSamplingRate":
                    sampler.Ratio = SettingText.Ratio(value);
                    break;
                default:
                    throw new FormatException($"has '{key}', which is none of endpoint, pollingIntervalMs, initialSamplingRate.");
            }
        }
    }
}
