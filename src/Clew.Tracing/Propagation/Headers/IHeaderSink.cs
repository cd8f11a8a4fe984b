using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>Outgoing headers, whoever carries them.</summary>
internal interface IHeaderSink
{
    void Set(string name, string value);
}

/// <summary>Headers through the setter of <see cref="DistributedContextPropagator"/>.</summary>
internal readonly struct ActivityHeaderSink(object? carrier, DistributedContextPropagator.PropagatorSetterCallback setter) : IHeaderSink
{
    public void Set(string name, string value) => setter(carrier, name, value);
}

/// <summary>Headers through the setter of OpenTelemetry's TextMapPropagator.</summary>
internal readonly struct TextMapHeaderSink<T>(T carrier, Action<T, string, string> setter) : IHeaderSink
{
    public void Set(string name, string value) => setter(carrier, name, value);
}
