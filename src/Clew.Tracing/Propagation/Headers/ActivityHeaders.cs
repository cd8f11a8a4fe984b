using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>Headers through the callbacks of <see cref="DistributedContextPropagator"/>.</summary>
internal readonly struct ActivityHeaders(object? carrier, DistributedContextPropagator.PropagatorGetterCallback getter) : IHeaderSource
{
    public object? Carrier => carrier;

    public string? Get(string name)
    {
        getter(carrier, name, out string? value, out IEnumerable<string>? values);
        return values is null ? value : JoinedValues.Of(values);
    }
}
