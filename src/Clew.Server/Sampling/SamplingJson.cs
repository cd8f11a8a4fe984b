using System.Text.Json;

namespace Clew.Server.Sampling;

/// <summary>
/// <c>SamplingStrategyResponse</c> as JSON. Nothing is left out for being zero: clients take an answer without <c>strategyType</c> for malformed.
/// </summary>
internal static class SamplingJson
{
    /// <param name="writer">Where to.</param>
    /// <param name="strategy">What the service is to sample.</param>
    /// <param name="legacy">The type as a number, for clients built on Thrift 0.9.2.</param>
    public static void Write(Utf8JsonWriter writer, SamplingStrategy strategy, bool legacy)
    {
        writer.WriteStartObject();
        if (legacy)
            writer.WriteNumber("strategyType"u8, (int)strategy.Type);
        else
            writer.WriteString("strategyType"u8, strategy.Type == SamplingType.Probabilistic ? "PROBABILISTIC"u8 : "RATE_LIMITING"u8);
        if (strategy.Type == SamplingType.Probabilistic)
        {
            WriteProbability(writer, strategy.Probability);
        }
        else
        {
            writer.WriteStartObject("rateLimitingSampling"u8);
            writer.WriteNumber("maxTracesPerSecond"u8, strategy.TracesPerSecondMax);
            writer.WriteEndObject();
        }
        if (strategy.Operations is { } operations)
            WriteOperations(writer, operations);
        writer.WriteEndObject();
    }

    private static void WriteOperations(Utf8JsonWriter writer, OperationSampling operations)
    {
        writer.WriteStartObject("operationSampling"u8);
        writer.WriteNumber("defaultSamplingProbability"u8, operations.DefaultProbability);
        writer.WriteNumber("defaultLowerBoundTracesPerSecond"u8, operations.LowerBoundTracesPerSecond);
        writer.WriteStartArray("perOperationStrategies"u8);
        foreach (OperationProbability operation in operations.Probabilities)
        {
            writer.WriteStartObject();
            writer.WriteString("operation"u8, operation.Operation);
            WriteProbability(writer, operation.Probability);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        // Jaeger has no setting for it either.
        writer.WriteNumber("defaultUpperBoundTracesPerSecond"u8, 0);
        writer.WriteEndObject();
    }

    private static void WriteProbability(Utf8JsonWriter writer, double probability)
    {
        writer.WriteStartObject("probabilisticSampling"u8);
        writer.WriteNumber("samplingRate"u8, probability);
        writer.WriteEndObject();
    }
}
