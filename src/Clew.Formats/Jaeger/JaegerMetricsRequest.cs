namespace Clew.Formats.Jaeger;

/// <summary>Asks for a figure over time (<c>GetLatenciesRequest</c> and its like). Times and lengths are nanoseconds, null when not given.</summary>
public sealed record JaegerMetricsRequest
{
    public List<string> Services { get; } = [];

    public bool ByOperation { get; internal set; }

    /// <summary>Unix nanoseconds.</summary>
    public long? EndNs { get; internal set; }

    public long? LookbackNs { get; internal set; }

    public long? StepNs { get; internal set; }

    public long? RatePerNs { get; internal set; }

    /// <summary>Numbers of span kinds, as OTLP has them; unchecked.</summary>
    public List<ulong> Kinds { get; } = [];

    /// <summary>0 when not given.</summary>
    public double Quantile { get; internal set; }
}
