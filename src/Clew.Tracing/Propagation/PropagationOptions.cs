namespace Clew.Tracing.Propagation;

/// <summary>What a <see cref="CompositePropagation"/> reads and writes.</summary>
public sealed class PropagationOptions
{
    private const int MaxNames = 32;

    /// <summary>Formats looked for, in this order: the first that has identifiers wins. Baggage is collected from all that carry it.</summary>
    public IReadOnlyList<PropagationFormat> Extract { get; init; } =
        [PropagationFormat.TraceContext, PropagationFormat.Baggage, PropagationFormat.B3, PropagationFormat.Jaeger, PropagationFormat.XRay];

    /// <summary>Formats written, all of them.</summary>
    public IReadOnlyList<PropagationFormat> Inject { get; init; } = [PropagationFormat.TraceContext, PropagationFormat.Baggage];

    /// <summary>How far callers are believed.</summary>
    public IncomingTrust Trust { get; init; }

    /// <summary>
    /// Options that extract and inject what the environment variable OTEL_PROPAGATORS lists: tracecontext, baggage, b3, b3multi, jaeger, xray, none, separated
    /// by commas; doubles count once (OpenTelemetry, "General SDK Configuration"). Null or blank is the default of the specification, <c>tracecontext,baggage</c>.
    /// </summary>
    /// <exception cref="FormatException">A name is not one of these, or <c>none</c> is not alone.</exception>
    public static PropagationOptions Parse(string? propagators)
    {
        if (string.IsNullOrWhiteSpace(propagators))
            propagators = "tracecontext,baggage";
        string[] names = propagators.Split(',', MaxNames, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names is ["none"])
            return new PropagationOptions { Extract = [], Inject = [] };
        PropagationFormat[] formats = [.. names.Select(Format).Distinct()];
        return new PropagationOptions { Extract = formats, Inject = formats };
    }

    private static PropagationFormat Format(string name) => name switch
    {
        "tracecontext" => PropagationFormat.TraceContext,
        "baggage" => PropagationFormat.Baggage,
        "b3" => PropagationFormat.B3,
        "b3multi" => PropagationFormat.B3Multi,
        "jaeger" => PropagationFormat.Jaeger,
        "xray" => PropagationFormat.XRay,
        "none" => throw new FormatException("OTEL_PROPAGATORS: 'none' does not go with other names."),
        _ => throw new FormatException($"OTEL_PROPAGATORS: '{name}' is none of tracecontext, baggage, b3, b3multi, jaeger, xray, none."),
    };
}
