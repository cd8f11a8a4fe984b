using System.Diagnostics;
using Clew.Tracing.Propagation;
using OpenTelemetry;

namespace Clew.Tracing.Setup;

/// <summary>
/// The propagation of this process. .NET's libraries take theirs from <see cref="DistributedContextPropagator.Current"/> when a client is made, so it is set as early
/// as the options are known; a process has one, and the last host that was set up decides.
/// </summary>
internal sealed class InstalledPropagation
{
    public InstalledPropagation(PropagatorOptions options)
    {
        Composite = options.Create();
        DistributedContextPropagator.Current = Composite.ForActivities;
        Sdk.SetDefaultTextMapPropagator(Composite.ForOpenTelemetry);
    }

    public CompositePropagation Composite { get; }
}
