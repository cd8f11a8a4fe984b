using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;

namespace Clew.Tracing.Setup;

/// <summary>What every span says of the process it comes from (OpenTelemetry semantic conventions, "Resource").</summary>
internal static class ServiceResource
{
    public static string ServiceName(ClewTracingOptions options, IHostEnvironment? environment) =>
        options.ServiceName ?? environment?.ApplicationName ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "unknown_service";

    public static void Configure(ResourceBuilder resource, ClewTracingOptions options, IHostEnvironment? environment)
    {
        var attributes = new List<KeyValuePair<string, object>>
        {
            new("service.name", ServiceName(options, environment)),
            new("service.instance.id", options.ServiceInstanceId ?? $"{Environment.MachineName}-{Environment.ProcessId}"),
            new("host.name", Environment.MachineName),
            new("host.arch", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant() switch { "x64" => "amd64", var other => other }),
            new("os.type", OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux"),
            new("process.pid", (long)Environment.ProcessId),
            new("process.runtime.name", ".NET"),
            new("process.runtime.version", Environment.Version.ToString()),
            new("telemetry.distro.name", "clew"),
            new("telemetry.distro.version", VersionOf(typeof(ServiceResource).Assembly) ?? ""),
        };
        Add(attributes, "service.version", options.ServiceVersion ?? VersionOf(Assembly.GetEntryAssembly()));
        Add(attributes, "service.namespace", options.ServiceNamespace);
        Add(attributes, "deployment.environment.name", environment?.EnvironmentName);
        Add(attributes, "process.executable.name", Path.GetFileName(Environment.ProcessPath));
        Add(attributes, "container.id", ContainerId.Find());
        foreach ((string key, string value) in options.ResourceAttributes)
        {
            attributes.RemoveAll(attribute => attribute.Key == key);
            attributes.Add(new(key, value));
        }
        resource.AddAttributes(attributes);
    }

    private static void Add(List<KeyValuePair<string, object>> attributes, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            attributes.Add(new(key, value));
    }

    /// <summary>The version people gave it, without the commit that the SDK adds.</summary>
    private static string? VersionOf(Assembly? assembly) =>
        assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
