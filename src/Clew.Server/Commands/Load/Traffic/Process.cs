using Clew.Model;
using static Clew.Server.Commands.Load.Traffic.Attributes;

namespace Clew.Server.Commands.Load.Traffic;

/// <summary>Makes the resource of a process: 15 to 23 attributes, as resource detectors fill them in.</summary>
internal static class Process
{
    // How many of the list below every process has; the rest depends on which detectors are installed.
    private const int AlwaysThere = 15;

    public static Resource Create(string service, Runtime runtime, TrafficRandom random)
    {
        string pod = $"{service}-{random.Hex(10)}-{random.Hex(5)}";
        string node = $"ip-10-0-{random.Below(8)}-{random.Below(256)}.eu-central-1.compute.internal";
        KeyValue[] all =
        [
            Text(AttributeKeys.ServiceName, service),
            Text("service.version", $"2.{random.Below(30)}.{random.Below(10)}"),
            Text("service.namespace", "shop"),
            Text("service.instance.id", random.Uuid()),
            Text("deployment.environment.name", "production"),
            Text("host.name", pod),
            Text("host.arch", "amd64"),
            Text("os.type", "linux"),
            Number("process.pid", 1 + random.Below(400)),
            Text("process.runtime.name", runtime.Name),
            Text("process.runtime.version", runtime.Version),
            Text("container.id", random.Hex(64)),
            Text("telemetry.sdk.name", "opentelemetry"),
            Text("telemetry.sdk.language", runtime.Language),
            Text("telemetry.sdk.version", "1.12.0"),
            Text("k8s.pod.name", pod),
            Text("k8s.namespace.name", "shop"),
            Text("k8s.node.name", node),
            Text("k8s.deployment.name", service),
            Text("host.id", random.Hex(32)),
            Text("os.description", "Debian GNU/Linux 12 (bookworm)"),
            Text("process.executable.path", $"/app/{service}"),
            Text("container.image.name", $"registry.shop.example/{service}"),
        ];
        return new Resource(new AttributeList(all[..(AlwaysThere + random.Below(all.Length - AlwaysThere + 1))]));
    }
}
