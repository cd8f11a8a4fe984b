using System.Diagnostics;
using Clew.Tracing.Propagation;
using OpenTelemetry.Context.Propagation;

namespace Clew.Tracing.Tests.Propagation;

/// <summary>Headers in memory, through both shapes of a propagator.</summary>
internal sealed class Carrier
{
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? this[string name]
    {
        get => Headers.GetValueOrDefault(name);
        init => Headers[name] = value!;
    }

    public (string? TraceParent, string? TraceState) Extract(CompositePropagation propagation)
    {
        propagation.ForActivities.ExtractTraceIdAndState(Headers, Get, out string? traceParent, out string? traceState);
        return (traceParent, traceState);
    }

    public IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(CompositePropagation propagation) => propagation.ForActivities.ExtractBaggage(Headers, Get);

    public PropagationContext ExtractAsTextMap(CompositePropagation propagation) =>
        propagation.ForOpenTelemetry.Extract(default, Headers, (headers, name) => headers.TryGetValue(name, out string? value) ? [value] : []);

    /// <summary>What an activity with this parent sends on, as the next service sees it.</summary>
    public static Carrier Inject(CompositePropagation propagation, Activity activity)
    {
        var carrier = new Carrier();
        propagation.ForActivities.Inject(activity, carrier.Headers, static (headers, name, value) => ((Dictionary<string, string>)headers!).Add(name, value));
        return carrier;
    }

    public static Carrier Inject(CompositePropagation propagation, PropagationContext context)
    {
        var carrier = new Carrier();
        propagation.ForOpenTelemetry.Inject(context, carrier.Headers, static (headers, name, value) => headers.Add(name, value));
        return carrier;
    }

    public static CompositePropagation Of(params PropagationFormat[] formats) => new(new PropagationOptions { Extract = formats, Inject = formats });

    private static void Get(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        values = null;
        ((Dictionary<string, string>)carrier!).TryGetValue(name, out value);
    }
}
