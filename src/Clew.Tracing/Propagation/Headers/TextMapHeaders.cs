using OpenTelemetry.Context.Propagation;

namespace Clew.Tracing.Propagation;

/// <summary>Headers through the getter of <see cref="TextMapPropagator"/>.</summary>
internal readonly struct TextMapHeaders<T>(T carrier, Func<T, string, IEnumerable<string>?> getter) : IHeaderSource
{
    public object? Carrier => carrier;

    public string? Get(string name) => getter(carrier, name) is { } values ? JoinedValues.Of(values) : null;
}
