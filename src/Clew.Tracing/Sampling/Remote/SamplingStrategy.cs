namespace Clew.Tracing.Sampling;

/// <summary>What a server answered, one of three kinds.</summary>
internal abstract record SamplingStrategy
{
    internal sealed record Ratio(double Value) : SamplingStrategy;

    internal sealed record RateLimit(double MaxTracesPerSecond) : SamplingStrategy;

    internal sealed record PerOperation(OperationSampling Sampling) : SamplingStrategy;
}
