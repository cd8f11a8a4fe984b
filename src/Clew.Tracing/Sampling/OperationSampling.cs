namespace Clew.Tracing.Sampling;

/// <summary>How the operations of a service are sampled.</summary>
/// <param name="DefaultRatio">The share of traces of operations without a ratio of their own, 0 to 1.</param>
/// <param name="LowerBoundTracesPerSecond">At least so many traces a second of every operation, as far as there are any.</param>
/// <param name="Ratios">Shares by operation.</param>
public sealed record OperationSampling(double DefaultRatio, double LowerBoundTracesPerSecond, IReadOnlyDictionary<string, double> Ratios)
{
    /// <summary>By content: equal strategies need no new sampler.</summary>
    public bool Equals(OperationSampling? other) =>
        other is not null && DefaultRatio.Equals(other.DefaultRatio) && LowerBoundTracesPerSecond.Equals(other.LowerBoundTracesPerSecond)
        && Ratios.Count == other.Ratios.Count && Ratios.All(pair => other.Ratios.TryGetValue(pair.Key, out double ratio) && ratio.Equals(pair.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DefaultRatio, LowerBoundTracesPerSecond, Ratios.Count);
}
