using System.Collections.Immutable;

namespace Clew.Server.Sampling;

/// <summary>How a strategy decides; numbers as in <c>sampling.thrift</c> and <c>sampling.proto</c>.</summary>
internal enum SamplingType
{
    Probabilistic = 0,
    RateLimiting = 1,
}

/// <summary>What one service's SDKs are told: Jaeger's <c>SamplingStrategyResponse</c>.</summary>
/// <param name="Type">Which of the two numbers counts.</param>
/// <param name="Probability">Of a trace to be sampled, 0 to 1; for <see cref="SamplingType.Probabilistic"/>.</param>
/// <param name="TracesPerSecondMax">At most 32767, a 16-bit number in Thrift; for <see cref="SamplingType.RateLimiting"/>.</param>
internal sealed record SamplingStrategy(SamplingType Type, double Probability, int TracesPerSecondMax)
{
    /// <summary>Rules for single operations; clients that know them look at nothing else. Null: none.</summary>
    public OperationSampling? Operations { get; init; }

    public static SamplingStrategy Probabilistic(double probability) => new(SamplingType.Probabilistic, probability, 0);

    public static SamplingStrategy RateLimiting(int tracesPerSecondMax) => new(SamplingType.RateLimiting, 0, tracesPerSecondMax);
}

/// <summary>Probabilities of a service's operations: Jaeger's <c>PerOperationSamplingStrategies</c>.</summary>
/// <param name="DefaultProbability">Of operations not listed.</param>
/// <param name="LowerBoundTracesPerSecond">Sampled of each operation at least, whatever its probability.</param>
/// <param name="Probabilities">One entry an operation.</param>
internal sealed record OperationSampling(
    double DefaultProbability, double LowerBoundTracesPerSecond, ImmutableArray<OperationProbability> Probabilities);

/// <param name="Operation">The name of the root span.</param>
/// <param name="Probability">0 to 1.</param>
internal readonly record struct OperationProbability(string Operation, double Probability);

/// <summary>Answers what a service is to sample. Safe from any thread.</summary>
internal interface ISamplingStrategies
{
    SamplingStrategy Of(string service);
}
