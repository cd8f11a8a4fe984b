using OpenTelemetry.Resources;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>The resource of a provider, sorted once for all its spans.</summary>
internal sealed class ExportedResource
{
    private const string ServiceNameKey = "service.name";

    public ExportedResource(Resource resource)
    {
        var attributes = new List<KeyValuePair<string, TagValue>>();
        foreach ((string key, object value) in resource.Attributes)
        {
            if (key == ServiceNameKey && value is string name)
                ServiceName = name;
            else
                attributes.Add(new(key, TagValue.Of(value)));
        }
        Attributes = [.. attributes];
    }

    /// <summary>The name OpenTelemetry gives a service without one, when the resource has none.</summary>
    public string ServiceName { get; } = "unknown_service";

    /// <summary>All attributes except the service name.</summary>
    public KeyValuePair<string, TagValue>[] Attributes { get; }
}
