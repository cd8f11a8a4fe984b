using Clew.Tracing.Exporters;
using Microsoft.Extensions.Configuration;

namespace Clew.Tracing.Settings;

/// <summary>The section <c>Tracing</c> of the configuration, from wherever the host reads configuration: files, <c>Tracing__</c> variables, the command line.</summary>
internal static class TracingSection
{
    private const string Prefix = ClewTracingOptions.SectionName + ":";

    public static void Apply(IConfiguration configuration, ClewTracingOptions options)
    {
        var settings = new SettingReader(configuration, options.Problems, Prefix);
        settings.Read("Enabled", SettingText.Flag, value => options.Enabled = value);
        settings.Read("ServiceName", SettingText.Text, value => options.ServiceName = value);
        settings.Read("ServiceNamespace", SettingText.Text, value => options.ServiceNamespace = value);
        settings.Read("ServiceVersion", SettingText.Text, value => options.ServiceVersion = value);
        settings.Read("ServiceInstanceId", SettingText.Text, value => options.ServiceInstanceId = value);
        settings.ReadPairs("ResourceAttributes", SettingText.Text, options.ResourceAttributes);
        settings.ReadList("Sources", options.Sources);
        settings.Read("PageUrl", SettingText.Address, value => options.PageUrl = value);
        settings.Read("ShutdownTimeout", SettingText.Duration, value => options.ShutdownTimeout = value);
        ReadExport(settings, options);
        ReadDelivery(settings, options.Delivery);
        ReadSampler(settings, options.Sampler);
        ReadPropagation(settings, options.Propagation);
        ReadSpans(settings, options);
        settings.ReportUnknown();
    }

    private static void ReadExport(SettingReader settings, ClewTracingOptions options)
    {
        ExportOptions export = options.Export;
        var names = new List<string>();
        settings.ReadList("Exporters", names);
        if (names.Count > 0)
            settings.ReadValue("Exporters", string.Join(',', names), SettingText.Exporters, value => options.Exporters = value);
        settings.Read("Endpoint", SettingText.Address, value => export.Endpoint = value);
        settings.Read("Protocol", SettingText.Protocol, value => export.Protocol = value);
        settings.ReadPairs("Headers", SettingText.Text, export.Headers);
        settings.Read("Gzip", SettingText.Flag, value => export.Gzip = value);
        settings.Read("CaCertificate", SettingText.Text, value => export.CaCertificate = value);
        settings.Read("ClientCertificate", SettingText.Text, value => export.ClientCertificate = value);
        settings.Read("ClientKey", SettingText.Text, value => export.ClientKey = value);
        settings.Read("ZipkinEndpoint", SettingText.Address, value => export.ZipkinEndpoint = value);
        settings.Read("JaegerEndpoint", SettingText.Address, value => export.JaegerEndpoint = value);
        settings.Read("JaegerAgentHost", SettingText.Text, value => export.JaegerAgentHost = value);
        settings.Read("JaegerAgentPort", SettingText.Port, value => export.JaegerAgentPort = value);
        settings.Read("File:Path", SettingText.Text, value => export.File.Path = value);
        settings.Read("File:FileBytesMax", SettingText.Bytes, value => export.File.FileBytesMax = value);
        settings.Read("File:FilesMax", SettingText.Count, value => export.File.FilesMax = value);
    }

    private static void ReadDelivery(SettingReader settings, DeliveryOptions delivery)
    {
        settings.Read("Delivery:MemoryBytesMax", SettingText.Bytes, value => delivery.MemoryBytesMax = value);
        settings.Read("Delivery:RequestBytesMax", SettingText.Count, value => delivery.RequestBytesMax = value);
        settings.Read("Delivery:RequestTimeout", SettingText.Duration, value => delivery.RequestTimeout = value);
        settings.Read("Delivery:RetryDelayMin", SettingText.Duration, value => delivery.RetryDelayMin = value);
        settings.Read("Delivery:RetryDelayMax", SettingText.Duration, value => delivery.RetryDelayMax = value);
        settings.Read("Delivery:RetryAfterMax", SettingText.Duration, value => delivery.RetryAfterMax = value);
        settings.Read("Delivery:SpoolDirectory", SettingText.Text, value => delivery.SpoolDirectory = value);
        settings.Read("Delivery:SpoolBytesMax", SettingText.Bytes, value => delivery.SpoolBytesMax = value);
    }

    private static void ReadSampler(SettingReader settings, SamplerOptions sampler)
    {
        settings.Read("Sampler:Type", SettingText.Sampler, value =>
        {
            sampler.Type = value;
            // The variables' parent-basedness belonged to the variables' sampler.
            sampler.ParentBased = true;
        });
        settings.Read("Sampler:ParentBased", SettingText.Flag, value => sampler.ParentBased = value);
        settings.Read("Sampler:Ratio", SettingText.Ratio, value => sampler.Ratio = value);
        settings.Read("Sampler:TracesPerSecond", SettingText.Rate, value => sampler.TracesPerSecond = value);
        settings.ReadPairs("Sampler:Operations", SettingText.Ratio, sampler.Operations);
        settings.Read("Sampler:MaxOperations", SettingText.Count, value => sampler.MaxOperations = value);
        settings.Read("Sampler:Endpoint", SettingText.Address, value => sampler.Endpoint = value);
        settings.Read("Sampler:PollInterval", SettingText.Duration, value => sampler.PollInterval = value);
    }

    private static void ReadPropagation(SettingReader settings, PropagatorOptions propagation)
    {
        settings.Read("Propagation:Extract", SettingText.Formats, value => propagation.Extract = value);
        settings.Read("Propagation:Inject", SettingText.Formats, value => propagation.Inject = value);
        settings.Read("Propagation:Trust", SettingText.Trust, value => propagation.Trust = value);
    }

    private static void ReadSpans(SettingReader settings, ClewTracingOptions options)
    {
        settings.Read("Server:Enabled", SettingText.Flag, value => options.Server.Enabled = value);
        settings.ReadList("Server:IgnorePaths", options.Server.IgnorePaths);
        settings.Read("Server:TrustForwardedHeaders", SettingText.Flag, value => options.Server.TrustForwardedHeaders = value);
        settings.Read("Server:RecordQuery", SettingText.Flag, value => options.Server.RecordQuery = value);
        settings.Read("Server:RecordExceptions", SettingText.Flag, value => options.Server.RecordExceptions = value);
        settings.Read("Client:Enabled", SettingText.Flag, value => options.Client.Enabled = value);
        settings.Read("Messaging:Enabled", SettingText.Flag, value => options.Messaging.Enabled = value);
        settings.Read("Logs:TraceIds", SettingText.Flag, value => options.Logs.TraceIds = value);
        settings.Read("Logs:Console", SettingText.Flag, value => options.Logs.Console = value);
        settings.Read("Logs:CopyToSpans", SettingText.Level, value => options.Logs.CopyToSpans = value);
    }
}
