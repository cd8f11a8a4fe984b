namespace Clew.Server.Configuration;

/// <summary>How adaptive sampling calculates; defaults are Jaeger's.</summary>
internal sealed record AdaptiveOptions
{
    /// <summary>Sampled traces a second that every operation is to have. Default 1.</summary>
    public double TargetSamplesPerSecond { get; init; } = 1;

    /// <summary>Share of the target by which the rate may be off without a change. Default 0.3.</summary>
    public double DeltaTolerance { get; init; } = 0.3;

    /// <summary>Milliseconds between calculations. Default 1 min.</summary>
    public int CalculationIntervalMs { get; init; } = 60_000;

    /// <summary>Intervals whose rates are averaged, newer ones weighing more. Default 10.</summary>
    public int AggregationBuckets { get; init; } = 10;

    /// <summary>Milliseconds that counted spans wait before they are calculated with. Default 2 min.</summary>
    public int DelayMs { get; init; } = 120_000;

    /// <summary>Probability of an operation not seen before. Default 0.001.</summary>
    public double InitialProbability { get; init; } = 0.001;

    /// <summary>Least probability. Default 0.00001.</summary>
    public double MinProbability { get; init; } = 0.00001;

    /// <summary>Traces a second that clients sample of each operation whatever its probability. Default one a minute.</summary>
    public double MinSamplesPerSecond { get; init; } = 1 / 60.0;

    /// <summary>Operations of all services that are counted and handed out. Default 2,000, the number a client keeps.</summary>
    public int OperationsMax { get; init; } = 2000;
}
