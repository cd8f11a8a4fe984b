using System.Text.Json;

namespace Clew.Tracing.Sampling;

/// <summary>
/// Reads the JSON of Jaeger's sampling endpoint (<c>/sampling?service=</c>, the proto3 JSON of api_v2 SamplingStrategyResponse). Per-operation sampling counts before
/// the type beside it, as in Jaeger's clients; the numbers 0 and 1 of old agents are understood as types.
/// </summary>
internal static class SamplingStrategyParser
{
    /// <exception cref="FormatException">It is no JSON or no strategy; the message says what is wrong where.</exception>
    public static SamplingStrategy Parse(ReadOnlyMemory<byte> json, int maxOperations)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Parse(document.RootElement, maxOperations);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"The sampling strategy is not JSON: {problem.Message}", problem);
        }
    }

    private static SamplingStrategy Parse(JsonElement root, int maxOperations)
    {
        if (Member(root, "operationSampling") is { } operations)
            return new SamplingStrategy.PerOperation(ParseOperations(operations, maxOperations));
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("The sampling strategy is not a JSON object.");
        bool hasType = root.TryGetProperty("strategyType", out JsonElement type);
        // The default of the enum may be left out; then it is the probability that must be there.
        if (!hasType || Is(type, "PROBABILISTIC", 0))
            return new SamplingStrategy.Ratio(Probability(root, "probabilisticSampling"));
        if (Is(type, "RATE_LIMITING", 1))
            return new SamplingStrategy.RateLimit(Number(Required(root, "rateLimitingSampling"), "maxTracesPerSecond", double.MaxValue));
        throw new FormatException("strategyType is neither PROBABILISTIC nor RATE_LIMITING.");
    }

    private static OperationSampling ParseOperations(JsonElement sampling, int maxOperations)
    {
        var ratios = new Dictionary<string, double>(StringComparer.Ordinal);
        if (Member(sampling, "perOperationStrategies") is { } list)
        {
            if (list.ValueKind != JsonValueKind.Array)
                throw new FormatException("perOperationStrategies is not a list.");
            foreach (JsonElement item in list.EnumerateArray().Take(maxOperations))
            {
                if (Member(item, "operation") is not { ValueKind: JsonValueKind.String } operation)
                    throw new FormatException("An entry of perOperationStrategies has no operation.");
                ratios[operation.GetString()!] = Probability(item, "probabilisticSampling");
            }
        }
        return new OperationSampling(
            Number(sampling, "defaultSamplingProbability", 1), Number(sampling, "defaultLowerBoundTracesPerSecond", double.MaxValue), ratios);
    }

    private static bool Is(JsonElement type, string name, int number) => type.ValueKind switch
    {
        JsonValueKind.String => type.ValueEquals(name),
        JsonValueKind.Number => type.TryGetInt32(out int value) && value == number,
        _ => false,
    };

    private static double Probability(JsonElement owner, string name) => Number(Required(owner, name), "samplingRate", 1);

    private static JsonElement Required(JsonElement owner, string name) => Member(owner, name) ?? throw new FormatException($"{name} is missing.");

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A number from 0 to <paramref name="max"/>. Proto3 JSON may leave out what is zero.</summary>
    private static double Number(JsonElement owner, string name, double max)
    {
        if (owner.ValueKind != JsonValueKind.Object)
            throw new FormatException($"What should hold {name} is not an object.");
        if (Member(owner, name) is not { } member)
            return 0;
        if (member.ValueKind != JsonValueKind.Number || !member.TryGetDouble(out double value) || !(value >= 0 && value <= max))
            throw new FormatException($"{name} is not a number in its range.");
        return value;
    }
}
