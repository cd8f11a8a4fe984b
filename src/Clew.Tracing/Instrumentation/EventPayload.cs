using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Clew.Tracing.Instrumentation;

/// <summary>
/// One property of the private classes in which .NET's libraries hand over their events. The classes keep their properties in trimmed programs, because event
/// listeners have always read them this way.
/// </summary>
internal sealed class EventPayload<T>(string property)
    where T : class
{
    private volatile Getter? last;

    public T? Of(object? payload)
    {
        if (payload is null)
            return null;
        // An event has one class for the life of the process, so one getter is enough.
        Getter getter = last is { } known && known.Type == payload.GetType() ? known : last = Create(payload.GetType());
        return getter.Invoker?.Invoke(payload) as T;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The libraries preserve these properties for listeners.")]
    private Getter Create(Type type)
    {
        MethodInfo? method = type.GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.GetMethod;
        return new Getter(type, method is null ? null : MethodInvoker.Create(method));
    }

    private sealed record Getter(Type Type, MethodInvoker? Invoker);
}
